"""What the report page of an inspected video shows: findings by weight, one time axis, facts of the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cms.pictures import loudness, timeline
from cms.pictures.timeline import Range
from cms.states import Chip
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.models import Finding, Measurement, Video

type JsonValue = Any  # a number, a text, a pair of numbers or None, as a check stored it

CHIPS = {
    Finding.Verdict.FAIL: Chip("✕", "不合格", "bad"),
    Finding.Verdict.WARN: Chip("!", "待查看", "warn"),
    Finding.Verdict.UNKNOWN: Chip("?", "无法判断"),
    Finding.Verdict.PASS: Chip("✓", "合格", "good"),
    Finding.Verdict.NOT_APPLICABLE: Chip("–", "不适用"),
}
URGENT = (Finding.Verdict.FAIL, Finding.Verdict.WARN, Finding.Verdict.UNKNOWN)  # the heaviest first


@dataclass(frozen=True, slots=True)
class Row:
    """One finding; `measured` and `limit` carry their unit and are empty where there is no number."""

    title: str
    chip: Chip
    measured: str
    limit: str
    message: str
    clause: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """Everything over time; `height` in CSS pixels is that of the lanes."""

    duration_s: float
    ticks: tuple[timeline.Tick, ...]
    lanes: tuple[timeline.Lane, ...]
    height: int
    loudness: loudness.Loudness | None


@dataclass(frozen=True, slots=True)
class Report:
    look: str
    headline: str
    advice: str
    urgent: tuple[Row, ...]
    passed: tuple[Row, ...]
    not_applicable: tuple[Row, ...]
    axis: Axis
    facts: tuple[tuple[str, str], ...]


def report_of(video: Video) -> Report:
    """The report of an inspected video that came from `with_inspection()`: one more query, for the facts."""
    measurement = video.measurement
    findings = sorted(video.findings, key=lambda finding: list(CHIPS).index(finding.verdict))
    rows = {verdict: tuple(_row(each) for each in findings if each.verdict == verdict) for verdict in CHIPS}
    look, headline, advice = verdict_of(Counter(finding.verdict for finding in findings))
