"""One finding as a person reads it: sign and word, number beside its limit, times to jump to."""

from dataclasses import dataclass

from cms.models import Overruling
from cms.pictures.loudness import signed
from cms.pictures.timeline import Range
from cms.states import Chip
from media_pipeline.measuring.stills import middle_ms
from media_pipeline.models import Finding

CHIPS = {
    "fail": Chip("✕", "不合格", "bad"),
    "warn": Chip("!", "待查看", "warn"),
    "unknown": Chip("?", "要人工确认"),
    "pass": Chip("✓", "合格", "good"),
    "not_applicable": Chip("–", "不适用"),
}
SETTLED = Chip("✓", "复核通过", "good")
HEARD_ONLY = frozenset({"silence", "noise", "sound_distortion", "sound_overshoot", "sound_weak"})
SHOWN_RANGES = 6  # the others unfold


@dataclass(frozen=True, slots=True)
class Row:
    """`measured` carries its unit; it and `limit` are empty where there is no number.

    `message` names the clause and says what to do. `overruling` is what people said of it.
    """

    check_id: str
    title: str
    chip: Chip
    measured: str
    limit: str
    message: str
    ranges: tuple[Range, ...]
    verdict: str = ""
    overruling: Overruling | None = None

    @property
    def is_settled(self) -> bool:
        return self.overruling is not None and self.overruling.is_in_effect

    @property
    def still_ms(self) -> int | None:
        """The moment to show: the middle of the first place that is named, where there is a picture."""
        if not self.ranges or self.check_id in HEARD_ONLY:
            return None
        return middle_ms(self.ranges[0].start_s, self.ranges[0].end_s)

    @property
    def first(self) -> tuple[Range, ...]:
        return self.ranges[:SHOWN_RANGES]

    @property
    def rest(self) -> tuple[Range, ...]:
        return self.ranges[SHOWN_RANGES:]


def row_of(finding: Finding, overruling: Overruling | None = None) -> Row:
    settled = overruling is not None and overruling.is_in_effect
    return Row(
        check_id=finding.check_id,
        title=finding.title,
        chip=SETTLED if settled else CHIPS[finding.verdict],
        verdict=finding.verdict,
        overruling=overruling,
        measured=measured(finding.value, finding.unit),
        limit=finding.threshold,
        message=finding.message,
        ranges=tuple(
            Range(each["start_s"], each["end_s"], each.get("note", "")) for each in finding.evidence
        ),
    )


def measured(value: float | None, unit: str) -> str:
    """`−12.25 秒`; empty where there is no number."""
    return "" if value is None else f"{signed(round(value, 2))} {unit}".strip()
