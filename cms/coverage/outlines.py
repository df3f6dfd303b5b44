"""A release's manifest as people read it: of its questions one per lesson, so that no answer leaks."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cms.footage.positions import clock
from question_bank.content import LETTERS, TRUE, QuestionType

_TRUTHS = {TRUE: "对"}


@dataclass(frozen=True, slots=True)
class Sample:
    """The one question of a lesson that is shown with its answer."""

    type: str
    stem: str
    options: list[tuple[str, str]]
    answer: str
    explanation: str


@dataclass(frozen=True, slots=True)
class LessonOutline:
    key: str
    title: str
    video_id: str
    video_sha256: str
    duration_s: float
    questions: int
    sample: Sample | None

    @property
    def length(self) -> str:
        return clock(self.duration_s)


@dataclass(frozen=True, slots=True)
class Cited:
    """A text of law as of the release; `version` is the slug of its version."""

    version: str
    title: str
    number: str
    article: str
    published: date | None
    effective: date | None


@dataclass(frozen=True)
class Outline:
    course: dict[str, Any]
    policy: dict[str, Any]
    instructors: list[dict[str, Any]]
    citations: list[Cited]
    lessons: list[LessonOutline]
    checks: Counter[str]

    @property
    def hours(self) -> str:
        return f"{float(self.course['hours']):g}"

    @property
    def cover(self) -> LessonOutline | None:
        """The lesson whose picture stands for the course."""
        return next((lesson for lesson in self.lessons if lesson.video_id), None)

    @cached_property
    def minutes(self) -> int:
        """Whole minutes of video, a begun one counted."""
        return -int(-sum(lesson.duration_s for lesson in self.lessons) // 60)

    @cached_property
    def questions(self) -> int:
        return sum(lesson.questions for lesson in self.lessons)


def outline_of(manifest: dict[str, Any]) -> Outline:
    """Read what `cms.review.manifests.manifest_of` froze; `checks` counts the verdicts over all videos."""
    videos = [lesson["video"] for lesson in manifest["lessons"] if lesson["video"]]
    return Outline(
        course=manifest["course"],
        policy=manifest["policy"],
        instructors=manifest["instructors"],
        citations=[_cited(row) for row in manifest["citations"]],
        lessons=[_lesson(row) for row in manifest["lessons"]],
        checks=Counter(check["verdict"] for video in videos for check in video["checks"]),
    )


def captions_version(manifest: dict[str, Any], video_id: str) -> int | None:
    """The version of a video's captions that belongs to a release; None without captions."""
    videos = [lesson["video"] for lesson in manifest["lessons"] if lesson["video"]]
    versions = (
        video["captions"]["version"] for video in videos if video["id"] == video_id and "captions" in video
    )
    return next(versions, None)


def video_ids(manifest: dict[str, Any]) -> set[str]:
    """The ids of the videos that belong to a release."""
    return {lesson["video"]["id"] for lesson in manifest["lessons"] if lesson["video"]}


def _lesson(row: dict[str, Any]) -> LessonOutline:
    video = row["video"] or {}
    return LessonOutline(
        key=row["key"],
        title=row["title"],
        video_id=video.get("id", ""),
        video_sha256=video.get("sha256", ""),
        duration_s=video.get("duration_s") or 0.0,
        questions=len(row["questions"]),
        sample=_sample(row["questions"][0]) if row["questions"] else None,
    )


def _sample(question: dict[str, Any]) -> Sample:
    kind = QuestionType(question["type"])
    letters = question["answer"]
    true_false = kind is QuestionType.TRUE_FALSE
    return Sample(
        type=kind.label,
        stem=question["stem"],
        options=list(zip(LETTERS, question["options"], strict=False)),
        answer=_TRUTHS.get(letters[0], "错") if true_false else "、".join(letters),
        explanation=question["explanation"],
    )


def _cited(row: dict[str, Any]) -> Cited:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("published", "effective")}
    return Cited(row["version"], row["title"], row["number"], row["article"], **days)
