"""The acts of an author on a draft. Each makes a new revision; what is published stays as it is."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from cms.models import Course, CourseCitation, Instructor, Lesson, LessonQuestion
from media_pipeline.models import Video
from question_bank.models import Question


class DraftRefused(Exception):
    """An edit that cannot be made now; the message is for the author."""


@contextmanager
def edit_draft(course_id: int, *, by: User) -> Iterator[Course]:
    """Yield the newest draft and save it as a revision of `by`, one editor at a time.

    Raises as `standing_draft` does.
    """
    with transaction.atomic():
        draft = standing_draft(course_id, by=by)
        yield draft
        # Unfinished is what a draft may be: what is still missing is said before it is submitted.
        draft.save_revision(user=by, log_action=True, clean=False)


def standing_draft(course_id: int, *, by: User) -> Course:
    """The newest draft under a lock, for who may change it now; call it in a transaction.

    Raises `PermissionDenied` for who may not write this course, `DraftRefused` while it is in review.
    """
    course = Course.objects.writable_by(by).select_for_update().filter(pk=course_id).first()
    if course is None:
        raise PermissionDenied("没有这门课程，或者您不能修改它。")
    if course.workflow_in_progress:
        raise DraftRefused("课程正在审核，不能修改。要修改请先撤回送审。")
    return course.get_latest_revision_as_object()


def create_course(
    *,
    instructors: Iterable[Instructor] = (),
    citations: Iterable[CourseCitation] = (),
    by: User,
    **details: Any,
) -> Course:
    """Begin a course of the author's institution; `details` are fields of `Course`."""
    if not by.has_role(Role.AUTHOR) or by.institution is None:
        raise PermissionDenied("只有机构的课程作者可以新建课程。")
    course = Course(institution=by.institution, created_by=by, live=False, **details)
    course.instructors = list(instructors)
    course.citations = list(citations)
    with transaction.atomic():
        course.save()
        course.save_revision(user=by, log_action=True, clean=False)
    return course


def lesson_of(draft: Course, key: uuid.UUID | str) -> Lesson:
    """The lesson of `draft` that `key` names; raises `DraftRefused` when it is gone."""
    for lesson in draft.lessons.all():
        if str(lesson.key) == str(key):
            return lesson
    raise DraftRefused("这个课时已经不在课程里了，请刷新页面。")


def add_lesson(course_id: int, *, title: str, by: User) -> uuid.UUID:
    """Append a lesson and return its key."""
    name = _lesson_title(title)
    with edit_draft(course_id, by=by) as draft:
        lesson = Lesson(title=name, sort_order=len(draft.lessons.all()))
        draft.lessons.add(lesson)
    return lesson.key


def rename_lesson(course_id: int, key: uuid.UUID, *, title: str, by: User) -> None:
    name = _lesson_title(title)
    with edit_draft(course_id, by=by) as draft:
        lesson_of(draft, key).title = name


def _lesson_title(typed: str) -> str:
    title, longest = " ".join(typed.split()), Lesson._meta.get_field("title").max_length
    if not title:
        raise DraftRefused("请填写课时名称。")
    if len(title) > longest:
        raise DraftRefused(f"课时名称有 {len(title)} 个字，最多 {longest} 个，请缩短。")
    return title


def remove_lesson(course_id: int, key: uuid.UUID, *, by: User) -> None:
    """Take a lesson out of the draft; its video and questions stay in their stores."""
    with edit_draft(course_id, by=by) as draft:
        draft.lessons.remove(lesson_of(draft, key))


def move_lesson(course_id: int, key: uuid.UUID, *, places: int, by: User) -> None:
    """Move a lesson by `places` (negative: up), staying within the list."""
    with edit_draft(course_id, by=by) as draft:
        lessons = list(draft.lessons.all())
        lesson = lesson_of(draft, key)
        at = lessons.index(lesson)
        lessons.insert(max(0, min(at + places, len(lessons) - 1)), lessons.pop(at))
        for order, row in enumerate(lessons):
            row.sort_order = order
        draft.lessons.set(lessons)


def set_validity(
    course_id: int, key: uuid.UUID, *, valid_from: date | None, valid_to: date | None, by: User
) -> None:
    """Show a lesson from its first to its last day only; None leaves that end open."""
    if valid_from and valid_to and valid_to < valid_from:
        raise DraftRefused("停用日期早于启用日期，请核对两个日期。")
    with edit_draft(course_id, by=by) as draft:
        lesson = lesson_of(draft, key)
        lesson.valid_from, lesson.valid_to = valid_from, valid_to


def attach_video(course_id: int, key: uuid.UUID, *, video: Video, by: User) -> None:
    """Put `video` on a lesson, in place of the one before; only a video of the course's own institution."""
    with edit_draft(course_id, by=by) as draft:
        if video.institution_id != draft.institution_id:
            raise PermissionDenied("这个视频不属于您的机构。")
        lesson_of(draft, key).video = video


def place_question(course_id: int, key: uuid.UUID, *, question: Question, at_s: int | None, by: User) -> None:
    """Ask `question` in a lesson; placing it again only moves it."""
    with edit_draft(course_id, by=by) as draft:
        if question.institution_id != draft.institution_id:
            raise PermissionDenied("这道题不属于您的机构。")
        lesson = lesson_of(draft, key)
        placements = [row for row in lesson.placements.all() if row.question_id != question.pk]
        order = len(placements)
        lesson.placements.set([*placements, LessonQuestion(question=question, at_s=at_s, sort_order=order)])


def remove_question(course_id: int, key: uuid.UUID, *, question: Question, by: User) -> None:
    """Ask `question` in this lesson no more; it stays in the bank."""
    with edit_draft(course_id, by=by) as draft:
        lesson = lesson_of(draft, key)
        lesson.placements.set([row for row in lesson.placements.all() if row.question_id != question.pk])
