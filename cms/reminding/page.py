"""What a person was told of deadlines, as rows for their pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from cms.models import CourseRelease, ReminderRecipient
from cms.states import Chip, due_chip

AT_WORK = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class ReminderRow:
    told: ReminderRecipient
    chip: Chip
    url: str

    @property
    def is_new(self) -> bool:
        return self.told.seen_at is None


def reminder_rows(told: Iterable[ReminderRecipient], user: User, today: date) -> list[ReminderRow]:
    """Each with its state today and the page where something can be done: one query more."""
    told = list(told)
    works = user.has_role(*AT_WORK)
    courses = {row.reminder.notice.course_id for row in told}
    releases = {} if works else _releases(courses)
    return [
        ReminderRow(row, due_chip(row.reminder.notice, today), _url(row, works, releases)) for row in told
    ]


def _releases(courses: set[int]) -> dict[int, object]:
    return dict(CourseRelease.objects.current().filter(course__in=courses).values_list("course", "pk"))


def _url(row: ReminderRecipient, works: bool, releases: dict[int, object]) -> str:
    notice = row.reminder.notice
    if works:
        return reverse("cms:notice", args=[notice.pk])
    release = releases.get(notice.course_id)
    return reverse("site:course", args=[release]) if release else reverse("site:my_courses")
