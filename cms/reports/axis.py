"""All that has a place in time, one below the other: lanes of findings, the loudness curve, the times."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.pictures import loudness, timeline
from cms.reports.moments import Moments
from cms.reports.rows import Row
from media_pipeline.facts import Facts, Sound
from media_pipeline.limits.profiles import profile_labelled
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.models import Measurement
from media_pipeline.slides import slide_changes

PANEL_HEIGHT = loudness.HEIGHT + 25  # the curve and the line of text above it
TICKS_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Axis:
    """Places down are CSS pixels; `loudness` is None without sound."""

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


def axis_of(
    measurement: Measurement, rows: Iterable[Row], facts: Facts | None, moments: Iterable[Moments] = ()
) -> Axis:
    """A lane for each row that names places, then for `moments` and for turned slides; without `facts` there
    are neither slides nor a curve."""
    kinds = [(f"{row.chip.sign} {row.title}", row.chip.look, row.ranges) for row in rows if row.ranges]
    kinds += [(lane.label, lane.look, lane.ranges) for lane in moments]
    if facts and (slides := _slides(measurement, facts)):
        kinds.append(("换页", "slide", slides))
    return Axis(
        duration_s=measurement.duration_s,
        ticks=timeline.ticks(measurement.duration_s),
        lanes=timeline.lanes(measurement.duration_s, kinds),
        loudness=_curve(measurement, facts.sound) if facts and facts.sound else None,
    )


def _slides(measurement: Measurement, facts: Facts) -> list[timeline.Range]:
    profile = profile_labelled(measurement.profile) or DEFAULT_PROFILE
    return [timeline.Range(second, second, "画面换页") for second in slide_changes(facts, profile)]


def _curve(measurement: Measurement, sound: Sound) -> loudness.Loudness:
    allowed = _allowed_lufs(measurement)
    return loudness.draw(sound.short_term, duration_s=measurement.duration_s, allowed=allowed)


def _allowed_lufs(measurement: Measurement) -> tuple[float, float] | None:
    """None where the findings came from limits that are no more."""
    profile = profile_labelled(measurement.profile)
    return (profile.loudness_warn, profile.loud_warn) if profile else None
