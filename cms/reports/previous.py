"""A video beside the one that the same lesson showed before it: what got better, what got worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Revision

from cms.models import Course
from cms.reports.rows import CHIPS, measured
from cms.states import Chip
from media_pipeline.models import Finding, Video

LOOKED_BACK = 100  # revisions of a course
WEIGHT = {"fail": 0, "warn": 1, "unknown": 2, "not_applicable": 3, "pass": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """One check on both videos; each side has its chip and its number with unit."""

    title: str
    before: tuple[Chip, str]
    after: tuple[Chip, str]
    word: Chip


@dataclass(frozen=True, slots=True)
class Comparison:
    previous: Video
    changes: list[Change]
    unchanged: int


def comparison_of(video: Video, course_ids: list[int]) -> Comparison | None:
    """The comparison for an inspected video; None when no lesson of these courses showed another before."""
    previous = _previous(video, course_ids)
    if previous is None or previous.measurement is None:
        return None
    before = {finding.check_id: finding for finding in previous.findings}
    pairs = [(before[each.check_id], each) for each in video.findings if each.check_id in before]
    changes = [_change(*pair) for pair in pairs if pair[0].verdict != pair[1].verdict]
    return Comparison(previous, changes, len(pairs) - len(changes))


def _change(before: Finding, after: Finding) -> Change:
    better = WEIGHT[after.verdict] > WEIGHT[before.verdict]
    same = WEIGHT[after.verdict] == WEIGHT[before.verdict]
    word = (
        Chip("=", "相当") if same else Chip("↑", "改好了", "good") if better else Chip("↓", "变差了", "bad")
    )
    return Change(after.title, _side(before), _side(after), word)


def _side(finding: Finding) -> tuple[Chip, str]:
    return CHIPS[finding.verdict], measured(finding.value, finding.unit)


def _previous(video: Video, course_ids: list[int]) -> Video | None:
    """The last other video that a lesson of this one showed, however far it lies back."""
    for course_id in course_ids:
        if found := next(_shown_before(video, course_id), None):
            return Video.objects.with_inspection().filter(pk=found).first()
    return None


def _shown_before(video: Video, course_id: int) -> Iterator[UUID]:
    key = None
    revisions = Revision.objects.filter(
        base_content_type=Course.get_base_content_type(), object_id=str(course_id)
    )
    for content in revisions.order_by("-pk").values_list("content", flat=True)[:LOOKED_BACK]:
        for lesson in content["lessons"]:
            shown = str(lesson["video"] or "")
            if key is None and shown == str(video.pk):
                key = lesson["key"]
            elif lesson["key"] == key and shown not in ("", str(video.pk)):
                yield UUID(shown)
