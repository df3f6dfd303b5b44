"""Telling people that a deadline comes near or has passed: once per step, on the site and by mail."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.reminding import Step, step_on
from cms.law.policy import one_at_a_time
from cms.models import OutgoingMail, Reminder, ReminderRecipient, UpdateNotice
from cms.reminding.mail_texts import reminder_mail
from cms.reminding.people import recipients_of

BATCH = 500  # rows per statement; SQLite takes no more than 32,766 values
MOST_COUNTED = 100


@transaction.atomic
def remind(today: date) -> int:
    """Write what must be told today; returns how many reminders are new. Safe to repeat.

    Reminders, recipients and mails are written together or not at all;
    `cms.reminding.mails` sends afterwards.
    A standstill is made up for by one reminder, of the step that has been reached by now.
    """
    one_at_a_time()
    reached = _reached(today)
    reminders = [Reminder(notice=notice, step=step) for notice, step in reached]
    reminders = Reminder.objects.bulk_create(reminders, batch_size=BATCH)
    people = recipients_of(reached)
    told = [
        ReminderRecipient(reminder=reminder, person_id=person)
        for reminder in reminders
        for person in sorted(people[reminder.notice_id])
    ]
    _write_mails(told, today)
    ReminderRecipient.objects.bulk_create(told, batch_size=BATCH)
    return len(reminders)


def told_to(user: User) -> QuerySet[ReminderRecipient]:
    """What `user` was told last of each notice that is still open, due first in front."""
    later = Reminder.objects.filter(notice=OuterRef("reminder__notice"), step__lt=OuterRef("reminder__step"))
    rows = ReminderRecipient.objects.filter(~Exists(later), person=user, reminder__notice__closed_at=None)
    related = rows.select_related("reminder__notice__course", "reminder__notice__version")
    return related.order_by("reminder__notice__due", "pk")


def unseen_count(user: User) -> int:
    """For the bell on every page, so counting stops at `MOST_COUNTED`."""
    return told_to(user).filter(seen_at=None).order_by()[:MOST_COUNTED].count()


def mark_seen(user: User) -> int:
    """Everything `user` was told counts as read; the notices stay open until they are closed."""
    rows = ReminderRecipient.objects.filter(person=user, seen_at=None)
    return rows.update(seen_at=timezone.now())


def _reached(today: date) -> list[tuple[UpdateNotice, Step]]:
    """Open notices at a step nobody was told of, those due first in front."""
    horizon = today + timedelta(days=max(Step))
    notices = UpdateNotice.objects.open().of_published_courses().filter(due__lte=horizon)
    notices = notices.select_related("course__latest_revision", "version").order_by("due", "pk")
    notices = notices.defer("course__latest_revision__content")
    told = set(Reminder.objects.filter(notice__closed_at=None).values_list("notice", "step"))
    steps = ((notice, step_on(notice.due, today)) for notice in notices)
    return [(notice, step) for notice, step in steps if (notice.pk, step) not in told]


def _write_mails(told: list[ReminderRecipient], today: date) -> None:
    """One mail per person for all they are told now; people without an address read it on the site."""
    by_person = defaultdict(list)
    for row in told:
        by_person[row.person_id].append(row)
    people = User.objects.filter(pk__in=by_person).exclude(email="")
    mails = []
    for person in people:
        rows = by_person[person.pk]
        subject, body = reminder_mail(person, [row.reminder for row in rows], today)
        mails.append(OutgoingMail(recipient=person, subject=subject, body=body))
        for row in rows:
            row.mail = mails[-1]
    OutgoingMail.objects.bulk_create(mails, batch_size=BATCH)
