"""Whom a notice concerns: who writes the course, who answered for it, and the platform's admins."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from accounts.roles import Role
from catalog.reminding import Step
from cms.models import Course, CourseRelease, Selection, UpdateNotice


@dataclass(frozen=True)
class People:
    """Active people by what they may do; `authors` and `schools` by institution."""

    admins: set[int] = field(default_factory=set)
    reviewers: set[int] = field(default_factory=set)
    authors: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    schools: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def recipients_of(notices: Iterable[tuple[UpdateNotice, Step]]) -> dict[int, set[int]]:
    """Ids of the people to tell, by notice: five queries whatever the number of notices.

    The authors who made or last edited the course, else all of its institution; the reviewer who released
    it, else all; every admin. When escalated also those who chose the course.
    """
    notices = list(notices)
    people, courses = _people(), {notice.course_id for notice, _ in notices}
    released = dict(
        CourseRelease.objects.filter(course__in=courses, superseded_at=None).values_list(
            "course", "approved_by"
        )
    )
    chosen = _chosen_by({notice.course_id for notice, step in notices if step is Step.ESCALATED})
    return {
        notice.pk: _authors(notice.course, people)
        | _reviewers(released.get(notice.course_id), people)
        | people.admins
        | set().union(*(people.schools[school] for school in chosen[notice.course_id]))
        for notice, _ in notices
    }


def owners_of(courses: Iterable[Course]) -> dict[int, set[int]]:
    """Ids of each course's authors and of every admin, by course: two queries."""
    people = _people()
    return {course.pk: _authors(course, people) | people.admins for course in courses}


def _authors(course: Course, people: People) -> set[int]:
    of_institution = people.authors[course.institution_id]
    revision = course.latest_revision
    hands = {course.created_by_id, revision.user_id if revision else None}
    return (hands & of_institution) or of_institution


def _reviewers(approved_by: int | None, people: People) -> set[int]:
    return {approved_by} & people.reviewers or people.reviewers


def _chosen_by(courses: set[int]) -> dict[int, set[int]]:
    """The institutions that chose one of these courses, by course."""
    found = defaultdict(set)
    rows = Selection.objects.filter(release__course__in=courses)
    for course, institution in rows.values_list("release__course", "institution"):
        found[course].add(institution)
    return found


def _people() -> People:
    people = People()
    roles = {role.group_name: role for role in Role}
    active = User.objects.filter(is_active=True)
    people.admins.update(active.filter(is_superuser=True).values_list("pk", flat=True))
    for person, institution, group in active.values_list("pk", "institution", "groups__name"):
        match roles.get(group):
            case Role.ADMIN:
                people.admins.add(person)
            case Role.REVIEWER:
                people.reviewers.add(person)
            case Role.AUTHOR:
                people.authors[institution].add(person)
            case Role.INSTITUTION:
                people.schools[institution].add(person)
    return people
