"""What happens at some second of a video beside its findings: speech, questions, laws, turned slides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Revision

from catalog.models import SuggestionState
from cms.models import Course, CourseSuggestion
from cms.pictures.timeline import Range
from cms.reports.courses import CourseLink
from media_pipeline.captioning import captions_of
from media_pipeline.captions import Cue
from media_pipeline.models import Transcript, Video
from question_bank.models import Question

PAUSE_S = 1.5  # shorter ones do not interrupt the band of speech
MOST_BANDS = 400  # more than a screen shows: pauses that do not show are closed


@dataclass(frozen=True, slots=True)
class Moment:
    """`range.note` says what it is; `url` is where it can be changed."""

    range: Range
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moments:
    """One lane of the axis."""

    label: str
    look: str
    moments: tuple[Moment, ...]
    is_listed: bool = False

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple(moment.range for moment in self.moments)


def moments_of(video: Video, courses: Iterable[CourseLink]) -> list[Moments]:
    """The lanes that have something to show; five queries at most, whatever the number of moments."""
    places = list(_places(video, [course.course_id for course in courses]))
    lanes = [*_said(video), *_laws(places), _asked(places)]
    return [lane for lane in lanes if lane.moments]


type Place = tuple[int, dict[str, Any]]
"""A course's id, and one of its draft's lessons that shows the video."""


def _places(video: Video, course_ids: list[int]) -> Iterator[Place]:
    drafts = Revision.objects.filter(
        pk__in=Course.objects.filter(pk__in=course_ids).values("latest_revision")
    )
    for course_id, content in drafts.order_by("pk").values_list("object_id", "content"):
        for lesson in content["lessons"]:
            if lesson["video"] and str(lesson["video"]) == str(video.pk):
                yield int(course_id), lesson


def _said(video: Video) -> Iterator[Moments]:
    captions = captions_of([video]).get(video.pk)
    page = reverse("cms:captions", args=[video.pk])
    if captions:
        speech = speech_ranges(captions.cues, pause_s=max(PAUSE_S, (video.duration_s or 0) / MOST_BANDS))
        yield Moments("讲解（有字幕处）", "said", tuple(Moment(each) for each in speech))
    if captions and captions.origin == captions.Origin.HEARD:
        thin = Transcript.objects.filter(job__kind="transcribe", job__key=video.sha256).values_list("thin")
        rows = [row for (rows,) in thin for row in rows]
        lost = [Range(row["start_s"], row["end_s"], f"每秒 {row['per_second']} 个字") for row in rows]
        yield Moments("! 字幕可能漏字", "warn", tuple(Moment(each, page) for each in lost))


def speech_ranges(cues: Iterable[Cue], *, pause_s: float) -> list[Range]:
    """The cues as stretches of speech; a pause shorter than `pause_s` belongs to its stretch."""
    stretches: list[list[float]] = []
    for cue in cues:
        if stretches and cue.start_s - stretches[-1][1] < pause_s:
            stretches[-1][1] = max(stretches[-1][1], cue.end_s)
        else:
            stretches.append([cue.start_s, cue.end_s])
    return [Range(start, end) for start, end in stretches]


def _laws(places: list[Place]) -> Iterator[Moments]:
    wanted = Q(pk__in=[])
    for course_id, lesson in places:
        wanted |= Q(course=course_id, lesson=str(lesson["key"]))
    rows = CourseSuggestion.objects.standing().filter(wanted, start_s__isnull=False)
    standing = list(rows.select_related("instrument").order_by("start_s", "pk"))
    waiting = [row for row in standing if row.state == SuggestionState.SUGGESTED and row.is_present]
    confirmed = [row for row in standing if row.state == SuggestionState.CONFIRMED]
    yield Moments("? 法规标准，待确认", "doubt", tuple(_law(row) for row in waiting), is_listed=True)
    yield Moments("✓ 法规标准，已确认", "good", tuple(_law(row) for row in confirmed), is_listed=True)


def _law(row: CourseSuggestion) -> Moment:
    said = f"{row.instrument.title}{row.article}"
    at = Range(row.start_s, row.end_s or row.start_s, f"{said}：{row.context or row.words}")
    return Moment(at, reverse("cms:course_law", args=[row.course_id]))


def _asked(places: list[Place]) -> Moments:
    asked = [
        (
            placement["at_s"],
            placement["question"],
            reverse("cms:place_question", args=[course, lesson["key"]]),
        )
        for course, lesson in places
        for placement in lesson["placements"]
        if placement["at_s"] is not None
    ]
    stems = dict(Question.objects.filter(pk__in={pk for _, pk, _ in asked}).values_list("pk", "stem"))
    moments = [Moment(Range(at_s, at_s, stems.get(pk, "")), url) for at_s, pk, url in sorted(asked)]
    return Moments("题目", "asked", tuple(moments), is_listed=True)
