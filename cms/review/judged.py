"""What the rules of the gate judge: the facts of a course and its lessons. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class VideoStage(StrEnum):
    MISSING = "missing"
    UPLOADING = "uploading"
    RECEIVED = "received"
    REFUSED = "refused"
    INSPECTING = "inspecting"
    FAILED = "failed"
    INSPECTED = "inspected"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineFacts:
    """What the outline in force asks of the course's item and kind."""

    version: str
    hours: float
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    key: str
    title: str
    video: VideoStage
    video_id: str | None = None
    duration_s: float | None = None
    failed_checks: tuple[str, ...] = ()
    questions: int = 0
    unusable_questions: int = 0
    unreviewed_drafts: int = 0  # drafted by the machine, approved by nobody yet

    @property
    def usable_questions(self) -> int:
        """The questions that count: `questions` are all that are placed."""
        return self.questions - self.unusable_questions - self.unreviewed_drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    kind: str
    objectives: str
    instructors: int
    rights: str
    rights_holder: str
    rights_until: date | None
    lessons: tuple[LessonFacts, ...]
    hours: float = 0.0
    outline: OutlineFacts | None = None
    points: frozenset[str] = frozenset()

    @property
    def duration_s(self) -> float:
        return sum(lesson.duration_s or 0.0 for lesson in self.lessons)

    @property
    def missing_points(self) -> tuple[str, ...]:
        """The points of the outline that no question of the course names."""
        asked = self.outline.points if self.outline else ()
        return tuple(name for name in asked if name not in self.points)
