"""One finding as a person reads it: sign and word, number beside its limit, times to jump to."""

from dataclasses import dataclass

from cms.pictures.loudness import signed
from cms.pictures.timeline import Range
from cms.states import Chip
from media_pipeline.models import Finding

CHIPS = {
    "fail": Chip("✕", "不合格", "bad"),
    "warn": Chip("!", "待查看", "warn"),
    "unknown": Chip("?", "要人工确认"),
    "pass": Chip("✓", "合格", "good"),
    "not_applicable": Chip("–", "不适用"),
}
SHOWN_RANGES = 6  # the others unfold


@dataclass(frozen=True, slots=True)
class Row:
    """`measured` carries its unit; it and `limit` are empty where there is no number.

    `message` names the clause and says what to do.
    """

    check_id: str
    title: str
    chip: Chip
    measured: str
    limit: str
    message: str
    ranges: tuple[Range, ...]

    @property
    def first(self) -> tuple[Range, ...]:
        return self.ranges[:SHOWN_RANGES]

    @property
    def rest(self) -> tuple[Range, ...]:
        return self.ranges[SHOWN_RANGES:]


def row_of(finding: Finding) -> Row:
    return Row(
        check_id=finding.check_id,
        title=finding.title,
        chip=CHIPS[finding.verdict],
        measured=_measured(finding.value, finding.unit),
        limit=finding.threshold,
        message=finding.message,
        ranges=tuple(
            Range(each["start_s"], each["end_s"], each.get("note", "")) for each in finding.evidence
        ),
    )


def _measured(value: float | None, unit: str) -> str:
    return "" if value is None else f"{signed(round(value, 2))} {unit}".strip()
