"""One finding as a person reads it: sign and word, number beside its limit, times to jump to."""

from dataclasses import dataclass
from typing import Any

from cms.pictures.loudness import signed
from cms.pictures.timeline import Range
from cms.states import Chip
from media_pipeline.models import Finding

CHIPS = {
    "fail": Chip("✕", "不合格", "bad"),
    "warn": Chip("!", "待查看", "warn"),
    "unknown": Chip("?", "无法判断"),
    "pass": Chip("✓", "合格", "good"),
    "not_applicable": Chip("–", "不适用"),
}  # the heaviest first
SHOWN_RANGES = 6  # the others unfold


@dataclass(frozen=True, slots=True)
class Row:
    """`measured` and `limit` carry their unit and are empty where the check has no number."""

    check_id: str
    title: str
    chip: Chip
    measured: str
    limit: str
    message: str
    clause: str
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
        measured=shown(finding.value, finding.unit),
        limit=shown(finding.threshold, finding.unit),
        message=finding.message,
        clause=finding.clause,
        ranges=tuple(
            Range(each["start_s"], each["end_s"], each.get("note", "")) for each in finding.evidence
        ),
    )


def shown(value: Any, unit: str) -> str:
    """A number, a pair of numbers or a text as a check stored it, with its unit; empty for None."""
    if value is None or value == "":
        return ""
    parts = value if isinstance(value, list) else [value]
    return " … ".join(_number(part) for part in parts) + (f" {unit}" if unit else "")


def _number(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return signed(round(value, 2)) if isinstance(value, int | float) else str(value)
