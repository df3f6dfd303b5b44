"""The report of an inspected video: the verdict first, findings by weight, one time axis, the file."""

from collections import Counter
from dataclasses import dataclass

from cms.pictures import loudness, timeline
from cms.reports.file_facts import file_facts
from cms.reports.rows import CHIPS, Row, row_of
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.models import Measurement, Video

URGENT = ("fail", "warn", "unknown")
PANEL_HEIGHT = loudness.HEIGHT + 25  # the curve and the line of text above it
TICKS_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reads first: how many findings of which weight, and what to do about them."""

    look: str
    sign: str
    headline: str
    advice: str


@dataclass(frozen=True, slots=True)
class Axis:
    """All that has a place in time: lanes, the loudness below them, tick labels at the bottom; CSS pixels."""

    duration_s: float
    ticks: tuple[timeline.Tick, ...]
    lanes: tuple[timeline.Lane, ...]
    loudness: loudness.Loudness | None

    @property
    def loudness_y(self) -> int:
        return len(self.lanes) * timeline.LANE_HEIGHT

    @property
    def ticks_y(self) -> int:
        return self.loudness_y + (PANEL_HEIGHT if self.loudness else 0)

    @property
    def height(self) -> int:
        return self.ticks_y + TICKS_HEIGHT


@dataclass(frozen=True, slots=True)
class Report:
    verdict: Verdict
    urgent: tuple[Row, ...]
    passed: tuple[Row, ...]
    not_applicable: tuple[Row, ...]
    axis: Axis
    file_facts: tuple[tuple[str, str], ...]


def report_of(video: Video) -> Report:
    """The report of an inspected video from `with_inspection()`; one more query, for the measured facts."""
    facts = _facts(video.measurement)
    weight = list(CHIPS)
    findings = sorted(video.findings, key=lambda finding: weight.index(finding.verdict))
    rows = {
        verdict: tuple(row_of(each) for each in findings if each.verdict == verdict) for verdict in weight
    }
    urgent = tuple(row for verdict in URGENT for row in rows[verdict])
    return Report(
        verdict=verdict_of(Counter(finding.verdict for finding in findings)),
        urgent=urgent,
        passed=rows["pass"],
        not_applicable=rows["not_applicable"],
        axis=_axis(video.measurement.duration_s, urgent, facts, _allowed_loudness(video.measurement)),
        file_facts=file_facts(video, facts),
    )


def verdict_of(counts: Counter[str]) -> Verdict:
    """The headline for so many findings of each verdict."""
    words = {"fail": "项不合格", "warn": "项待查看", "unknown": "项无法自动判断"}
    headline = "，".join(f"{counts[verdict]} {word}" for verdict, word in words.items() if counts[verdict])
    if counts["fail"]:
        advice = "不合格的项目改好才能送审：按下面的办法修改，重新导出，再到课程页上传。"
        return Verdict("bad", "✕", headline, advice)
    if counts["warn"]:
        advice = "没有不合格。请点时间跳过去看一看：没有影响就可以送审，有影响就改好重新上传。"
        return Verdict("warn", "!", headline, advice)
    if counts["unknown"]:
        return Verdict("", "?", headline, "测得出的项目都合格。其余的请人工看几处，没有问题就可以送审。")
    return Verdict("good", "✓", "各项检查都合格", "视频不用再改，可以继续配题目、送审。")


def _facts(measurement: Measurement) -> Facts | None:
    """None where another version of the engine wrote what this one cannot read."""
    readable = measurement.facts and measurement.engine_version == ENGINE_VERSION
    return Facts.from_json(measurement.facts) if readable else None


def _axis(
    duration_s: float, rows: tuple[Row, ...], facts: Facts | None, allowed: tuple[float, float] | None
) -> Axis:
    kinds = [(f"{row.chip.sign} {row.title}", row.chip.look, row.ranges) for row in rows if row.ranges]
    sound = facts.sound if facts else None
    return Axis(
        duration_s=duration_s,
        ticks=timeline.ticks(duration_s),
        lanes=timeline.lanes(duration_s, kinds),
        loudness=loudness.draw(sound.short_term, duration_s=duration_s, allowed=allowed) if sound else None,
    )
