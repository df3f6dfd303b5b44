"""A course's state in the one language of all screens: a sign, a word, a colour, and where to act on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.urls import reverse
from wagtail.models import WorkflowState

from cms.models import Course, CourseRelease, UpdateNotice


@dataclass(frozen=True, slots=True)
class Chip:
    sign: str
    word: str
    look: str = ""
    url: str = ""
    is_due: bool = False
    is_news: bool = False


DRAFT = Chip("✎", "草稿")
SENT_BACK = Chip("↩", "待修改", "warn")
IN_REVIEW = Chip("…", "待审核", "busy")
PUBLISHED = Chip("✓", "已发布", "good")
SUPERSEDED = Chip("↻", "已有新版")
WITHHELD = Chip("‖", "逾期未更新，暂停选用", "bad")
CLOSED = Chip("✓", "已办结", "good")
TAKEN_DOWN = Chip("✕", "已下架", "bad")


def due_chip(notice: UpdateNotice, today: date) -> Chip:
    """待更新（还剩 12 天） or 已逾期 3 天."""
    left = notice.days_left(today)
    if left is None:
        return Chip("?", "待更新（期限待查）", "warn", is_due=True)
    if left < 0:
        return Chip("!", f"已逾期 {-left} 天", "bad", is_due=True)
    return Chip("◷", f"待更新（还剩 {left} 天）", "warn", is_due=True)


def bank_chip(count: int, course_id: int) -> Chip:
    """Questions of a published course that were changed in the bank and were not submitted since."""
    url = reverse("cms:course", args=[course_id])
    return Chip("↻", f"{count} 道题改过，未送审", "warn", url, is_news=True)


def release_chip(release: CourseRelease) -> Chip:
    """已发布 for what may be chosen, else 已有新版 or 已下架."""
    if release.withdrawn_at:
        return TAKEN_DOWN
    return SUPERSEDED if release.superseded_at else PUBLISHED


def most_urgent_notices(course_ids: Iterable[int]) -> dict[int, UpdateNotice]:
    """The open notice of each course that is due first; an undated one only where no other is."""
    notices = UpdateNotice.objects.filter(course__in=course_ids, closed_at=None)
    by_urgency = notices.order_by(F("due").desc(nulls_first=True))
    return {notice.course_id: notice for notice in by_urgency}  # the first due comes last and stays


def course_chips(courses: list[Course], today: date) -> dict[int, list[Chip]]:
    """The chips of each course by its id: three queries whatever the number of courses."""
    reviews = _workflow_status(courses)
    ids = [course.pk for course in courses]
    notices = most_urgent_notices(ids)
    newest = CourseRelease.objects.filter(course__in=ids, superseded_at=None)
    released = dict(newest.values_list("course", "withdrawn_at"))
    return {course.pk: _chips(course, reviews, notices, released, today) for course in courses}


def _chips(course: Course, reviews: dict, notices: dict, released: dict, today: date) -> list[Chip]:
    chips = []
    if course.pk in released:
        chips.append(TAKEN_DOWN if released[course.pk] else PUBLISHED)
    if course.pk in notices:
        chips.append(due_chip(notices[course.pk], today))
    status = reviews.get(str(course.pk))
    if status == WorkflowState.STATUS_IN_PROGRESS:
        chips.append(IN_REVIEW)
    elif status == WorkflowState.STATUS_NEEDS_CHANGES:
        chips.append(SENT_BACK)
    elif course.has_unpublished_changes or not chips:
        chips.append(DRAFT)
    return chips


def _workflow_status(courses: list[Course]) -> dict[str, str]:
    states = WorkflowState.objects.active().filter(
        base_content_type=Course.get_base_content_type(), object_id__in=[str(course.pk) for course in courses]
    )
    return dict(states.values_list("object_id", "status"))
