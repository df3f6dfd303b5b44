"""Acts of a person who tries a lesson's test. The server's clock decides, whatever the page does."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from cms.models import Course, CourseRelease, Lesson, Sitting
from cms.question_versions import earlier_versions
from cms.review.manifests import question_of
from cms.validity import asked_on, on_day
from question_bank.papers.marking import attempts_left, is_in_time, is_right
from question_bank.rules import ATTEMPTS


class SittingRefused(Exception):
    """An attempt that cannot be begun; the message is for the person."""


@dataclass(frozen=True, slots=True)
class LessonTest:
    """What is sat: the questions of a lesson, of a draft or of a release."""

    course: Course
    release: CourseRelease | None
    lesson_key: uuid.UUID
    title: str
    video_id: str
    questions: list[dict[str, Any]]


def draft_test(course: Course, lesson: Lesson) -> LessonTest:
    """The draft's questions as a learner would meet them today; those placed first come first."""
    video = str(lesson.video_id) if lesson.video_id else ""
    placements = list(lesson.placements.all())
    earlier = earlier_versions(placement.question for placement in placements)
    newest = [question_of(placement, earlier) for placement in placements]
    asked = list(asked_on(newest, timezone.localdate()))
    return LessonTest(course, None, lesson.key, lesson.title, video, asked)


def release_test(release: CourseRelease, key: uuid.UUID) -> LessonTest | None:
    """The frozen questions of a lesson as they hold today; None when the release has no such lesson today."""
    for lesson in on_day(release.manifest, timezone.localdate())["lessons"]:
        if lesson["key"] == str(key):
            video = (lesson["video"] or {}).get("id", "")
            return LessonTest(release.course, release, key, lesson["title"], video, lesson["questions"])
    return None


def attempts(test: LessonTest, by: User) -> QuerySet[Sitting]:
    """The attempts of the present round, the newest first."""
    own = Sitting.objects.filter(
        user=by, course=test.course, release=test.release, lesson_key=test.lesson_key
    )
    newest = own.aggregate(newest=Max("round"))["newest"] or 1
    return own.filter(round=newest).order_by("-number")


def begin(test: LessonTest, *, by: User, now: datetime) -> Sitting:
    """Begin an attempt, or go on with the one that is not over. Raises `SittingRefused` for a sixth."""
    if not test.questions:
        raise SittingRefused("这个课时还没有题目，不能试做。")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        latest = attempts(test, by).first()
        if latest and not latest.is_over:
            return latest
        used = latest.number if latest else 0
        if not attempts_left(used):
            raise SittingRefused(f"{ATTEMPTS} 次机会已经用完，请重看视频后重新开始一轮。（附件3第32项）")
        return _begun(test, by, now, latest.round if latest else 1, used + 1)


def begin_again(test: LessonTest, *, by: User, now: datetime) -> Sitting:
    """After the last attempt and another look at the video: a new round of attempts."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        latest = attempts(test, by).first()
        if latest is None or attempts_left(latest.number) or not latest.is_over:
            return begin(test, by=by, now=now)
        return _begun(test, by, now, latest.round + 1, 1)


def _begun(test: LessonTest, by: User, now: datetime, round: int, number: int) -> Sitting:
    return Sitting.objects.create(
        user=by,
        course=test.course,
        release=test.release,
        lesson_key=test.lesson_key,
        lesson_title=test.title,
        video_id=test.video_id,
        questions=test.questions,
        round=round,
        number=number,
        started_at=now,
        asked_at=now,
    )


def look(sitting_id: int, *, now: datetime) -> Sitting:
    """The attempt as it stands: a question whose time is up is over, seen or not."""
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
        if not sitting.is_over and not is_in_time(sitting.asked_at, now):
            _record(sitting, [], in_time=False, now=now)
    return sitting


def answer(sitting_id: int, *, place: int, given: Sequence[str], now: datetime) -> Sitting:
    """Take an answer to the question at `place`; late it counts as none, twice it counts once."""
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
        if place == sitting.place and not sitting.is_over:
            in_time = is_in_time(sitting.asked_at, now)
            _record(sitting, sorted(set(given)) if in_time else [], in_time=in_time, now=now)
    return sitting


def _record(sitting: Sitting, given: list[str], *, in_time: bool, now: datetime) -> None:
    key = sitting.questions[sitting.place]["answer"]
    sitting.answers.append({"given": given, "in_time": in_time, "right": is_right(key, given)})
    sitting.asked_at = now
    sitting.finished_at = now if sitting.is_over else None
    sitting.save(update_fields=["answers", "asked_at", "finished_at"])
