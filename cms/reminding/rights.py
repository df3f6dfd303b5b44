"""The licence of a published course runs out: its authors and the admins are told once per step."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import User
from catalog.deadlines import days_left
from catalog.reminding import Step, step_on
from cms.law.policy import one_at_a_time
from cms.models import CourseRelease, OutgoingMail, RightsReminder
from cms.reminding.mail_texts import rights_mail
from cms.reminding.people import owners_of
from cms.states import Chip

BATCH = 500


@dataclass(frozen=True, slots=True)
class Licence:
    """A published course whose licence has run out or soon will; `left` is negative once it has."""

    course: int
    title: str
    until: date
    left: int

    @property
    def chip(self) -> Chip:
        if self.left < 0:
            return Chip("!", f"版权已到期 {-self.left} 天", "bad")
        return Chip("◷", f"版权还剩 {self.left} 天", "warn")


def rights_until(manifest: Mapping[str, Any]) -> date | None:
    """The last day of the licence a release was approved with; None where it has no end."""
    until = manifest["course"].get("rights", {}).get("until")
    return date.fromisoformat(until) if until else None


def licence_of(release: CourseRelease | None, today: date) -> Licence | None:
    """For the pages of one course; None while nobody needs to hear of it."""
    until = rights_until(release.manifest) if release else None
    if until is None or step_on(until, today) is None:
        return None
    return Licence(release.course_id, release.title, until, days_left(until, today))


@transaction.atomic
def remind_of_rights(today: date) -> int:
    """Write what must be told today; returns how many reminders are new. Safe to repeat."""
    one_at_a_time()
    told = set(RightsReminder.objects.values_list("release", "step"))
    fresh = [row for row in _reached(today) if (row.release_id, row.step) not in told]
    fresh = RightsReminder.objects.bulk_create(fresh, batch_size=BATCH)
    people = owners_of([row.release.course for row in fresh])
    rows = [(row, person) for row in fresh for person in sorted(people[row.release.course_id])]
    through = RightsReminder.people.through
    links = [through(rightsreminder_id=row.pk, user_id=person) for row, person in rows]
    through.objects.bulk_create(links, batch_size=BATCH)
    _write_mails(rows, today)
    return len(fresh)


def licences_told_to(user: User, today: date) -> list[Licence]:
    """What `user` was told and still holds: a new release or a withdrawal ends it. One query."""
    rows = RightsReminder.objects.filter(people=user, release__in=CourseRelease.objects.current())
    columns = ("release__course", "release__title", "until")
    found = rows.order_by("until", "release__title").values_list(*columns).distinct()
    return [Licence(course, title, until, days_left(until, today)) for course, title, until in found]


def _reached(today: date) -> list[RightsReminder]:
    horizon = today + timedelta(days=max(Step))
    until = Cast(KT("manifest__course__rights__until"), CharField())  # else numbers would be compared
    releases = CourseRelease.objects.current().annotate(until=until)
    releases = releases.filter(until__lte=horizon.isoformat()).defer("manifest")
    releases = releases.select_related("course__latest_revision").defer("course__latest_revision__content")
    ends = [(release, date.fromisoformat(release.until)) for release in releases]
    return [
        RightsReminder(release=release, step=step_on(until, today), until=until) for release, until in ends
    ]


def _write_mails(rows: list[tuple[RightsReminder, int]], today: date) -> None:
    by_person = defaultdict(list)
    for row, person in rows:
        by_person[person].append(row)
    people = User.objects.filter(pk__in=by_person).exclude(email="")
    mails = ((person, rights_mail(person, by_person[person.pk], today)) for person in people)
    OutgoingMail.objects.bulk_create(
        [OutgoingMail(recipient=person, subject=subject, body=body) for person, (subject, body) in mails],
        batch_size=BATCH,
    )
