"""Sending what stands in the outbox. A mail is sent at least once: better twice than never.

Claimed, sent, marked, in this order and each on its own: whoever is killed before the mark leaves a claim
that runs out, and the mail goes out again under the same Message-ID, by which mail servers know it.
"""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.models import OutgoingMail

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)  # after so long without a mark the sender is taken for dead
MOST_ATTEMPTS = 8
WAIT = timedelta(minutes=10)  # doubled with each attempt
ROUND = 100


def send_waiting(now: datetime) -> int:
    """Send what waits; returns how many went out. Several senders never take the same mail."""
    waiting = _waiting(now).values_list("pk", flat=True)[:ROUND]
    return sum(_send(pk, now) for pk in list(waiting))


def failed() -> QuerySet[OutgoingMail]:
    """Mails that were given up; their text is on the site as a reminder."""
    return OutgoingMail.objects.filter(sent_at=None, attempts__gte=MOST_ATTEMPTS)


def _waiting(now: datetime) -> QuerySet[OutgoingMail]:
    unsent = OutgoingMail.objects.filter(sent_at=None, attempts__lt=MOST_ATTEMPTS)
    due = Q(claimed_at=None)
    for attempts in range(1, MOST_ATTEMPTS):
        due |= Q(attempts=attempts, claimed_at__lt=now - max(CLAIM, WAIT * 2 ** (attempts - 1)))
    return unsent.filter(due)


def _send(pk: object, now: datetime) -> bool:
    claimed = _waiting(now).filter(pk=pk).update(claimed_at=now, attempts=F("attempts") + 1)
    if not claimed:
        return False
    mail = OutgoingMail.objects.select_related("recipient").get(pk=pk)
    try:
        _message(mail).send()
    except Exception as error:  # whatever the mail server says is for the log; the mail waits
        log.exception("mail %s was not sent", pk)
        OutgoingMail.objects.filter(pk=pk).update(error=str(error)[:300])
        return False
    OutgoingMail.objects.filter(pk=pk).update(sent_at=timezone.now(), error="")
    return True


def _message(mail: OutgoingMail) -> EmailMessage:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return EmailMessage(
        mail.subject, mail.body, to=[mail.recipient.email], headers={"Message-ID": f"<{mail.pk}@{host}>"}
    )
