"""What the course page shows: the draft's lessons as rows, with the state of each video and its questions."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from cms.footage.captions import caption_chips
from cms.footage.findings import settled_checks
from cms.footage.lessons import lessons_of
from cms.footage.players import AdminPlace, Player, players_of
from cms.footage.positions import clock
from cms.models import Course, Lesson, Overruling
from cms.review.facts import facts_of
from cms.review.judged import CourseFacts, LessonFacts, VideoStage
from cms.states import Chip
from media_pipeline.models import Finding, Video
from question_bank.rules import WINDOW_S, required_questions, windows

LOOK_AT = frozenset({"fail", "warn", "unknown"})


@dataclass(frozen=True, slots=True)
class Window:
    """Ten minutes of a video, in seconds, how many questions are asked in them, how many do not count."""

    start_s: float
    end_s: float
    questions: int
    unreviewed: int = 0

    @property
    def label(self) -> str:
        return f"{clock(self.start_s)}–{clock(self.end_s)}"


@dataclass(frozen=True, slots=True)
class LessonRow:
    lesson: Lesson
    facts: LessonFacts
    chip: Chip
    captions: Chip | None
    required: int
    windows: list[Window]
    player: Player | None

    @property
    def lacking(self) -> int:
        return max(0, self.required - self.facts.usable_questions)

    @property
    def look_at(self) -> list[Finding]:
        """What a reviewer should see for themselves: failed, doubtful and undecided checks."""
        video = self.lesson.video
        settled = settled_checks(video) if video else set()
        findings = video.findings if video else []
        return [each for each in findings if each.verdict in LOOK_AT and each.check_id not in settled]

    @property
    def overruled(self) -> list[Overruling]:
        """What reviewers have settled against the machine."""
        video = self.lesson.video
        return [each for each in video.overrulings.values() if each.is_in_effect] if video else []

    @property
    def length(self) -> str:
        return clock(self.facts.duration_s or 0)

    @property
    def is_changing(self) -> bool:
        """Whether the row will look different in a moment without anybody's doing."""
        return self.facts.video in (VideoStage.RECEIVED, VideoStage.INSPECTING)


def rows_of(draft: Course) -> tuple[CourseFacts, list[LessonRow]]:
    """The facts and the rows of a draft, with a fixed number of queries."""
    facts = facts_of(draft)
    lessons = lessons_of(draft)
    videos = [lesson.video for lesson in lessons if lesson.video]
    chips, players = caption_chips(videos), players_of(videos, AdminPlace())
    return facts, [
        _row(lesson, lesson_facts, chips.get(lesson.video_id), players.get(lesson.video_id))
        for lesson, lesson_facts in zip(lessons, facts.lessons, strict=True)
    ]


def _row(lesson: Lesson, facts: LessonFacts, captions: Chip | None, player: Player | None) -> LessonRow:
    return LessonRow(
        lesson=lesson,
        facts=facts,
        chip=video_chip(lesson),
        captions=captions,
        required=required_questions(facts.duration_s),
        windows=question_windows(lesson, facts.duration_s),
        player=player,
    )


def question_windows(lesson: Lesson, duration_s: float | None) -> list[Window]:
    """Each ten minutes of the lesson with the questions placed in them; the very end counts to the last."""
    spans = windows(duration_s)
    placed = [placement for placement in lesson.placements.all() if placement.at_s is not None]
    where = [(min(row.at_s // WINDOW_S, len(spans) - 1), row.question.is_unchecked_draft) for row in placed]
    asked = Counter(where)
    return [
        Window(start, end, asked[number, False], asked[number, True])
        for number, (start, end) in enumerate(spans)
    ]


_STAGES = {
    VideoStage.UPLOADING: ("↑", "没有传完", "warn"),
    VideoStage.RECEIVED: ("◌", "已收到，正在存放", "busy"),
    VideoStage.REFUSED: ("✕", "文件不能用", "bad"),
    VideoStage.FAILED: ("✕", "没有检查成", "bad"),
}
_VERDICTS = {
    "pass": ("✓", "检查合格", "good"),
    "warn": ("!", "有待查看", "warn"),
    "fail": ("✕", "检查不合格", "bad"),
    "overruled": ("✓", "复核通过", "good"),
}


def _verdict(video: Video) -> str:
    """The machine's verdict, or that people have settled all that failed."""
    settled = settled_checks(video)
    failed = {found.check_id for found in video.findings if found.verdict == "fail"}
    return "overruled" if failed and failed <= settled else video.verdict


def video_chip(lesson: Lesson) -> Chip:
    """The state of a lesson's video, linked to its report."""
    video = lesson.video
    if video is None:
        return Chip("–", "还没有视频")
    url = reverse("cms:video_report", args=[video.pk])
    stage = VideoStage(video.state)
    if stage is VideoStage.INSPECTING:
        return Chip("◌", f"检查中 {video.job.progress:.0%}", "busy", url)
    if stage is VideoStage.INSPECTED:
        return Chip(*_VERDICTS[_verdict(video)], url)
    return Chip(*_STAGES[stage], url)
