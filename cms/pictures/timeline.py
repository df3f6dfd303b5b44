"""The time axis of a video.

Across, places are percent of the width, so that text keeps its size on any screen; down, they are CSS pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.footage.positions import clock

LANE_HEIGHT = 34  # label, band, gap
LABELLED_TICKS = 6  # as many as fit side by side on a phone
STEPS_S = (2, 4, 10, 20, 30, 60, 120, 240, 600, 1200, 1800, 3600)  # each can be halved to a round time


@dataclass(frozen=True, slots=True)
class Tick:
    """`minor` ticks stand half-way; their labels are left out on narrow screens."""

    x: float
    label: str
    anchor: str  # of the label, as SVG names it
    minor: bool


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of the video in seconds, and what is the matter there."""

    start_s: float
    end_s: float
    note: str = ""

    @property
    def text(self) -> str:
        """1:02–1:14, or one time when both read the same."""
        start, end = clock(self.start_s), clock(self.end_s)
        return start if start == end else f"{start}–{end}"


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float
    range: Range


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of finding; `y` is the top of its label."""

    y: int
    label: str
    look: str
    bands: tuple[Band, ...]


def share(seconds: float, duration_s: float) -> float:
    """Where a second lies, in percent of the width; beyond the ends is at the ends."""
    return round(100 * min(max(seconds / duration_s, 0), 1), 3) if duration_s > 0 else 0.0


def ticks(duration_s: float) -> tuple[Tick, ...]:
    """At most a dozen round times from 0 to the end, every second one minor."""
    half = _step(duration_s) // 2
    count = int(duration_s // half) + 1
    return tuple(_tick(index, index * half, duration_s) for index in range(count))


def lanes(duration_s: float, kinds: Iterable[tuple[str, str, Sequence[Range]]]) -> tuple[Lane, ...]:
    """One lane below the other for each kind: label, look, ranges."""
    return tuple(
        Lane(index * LANE_HEIGHT, label, look, tuple(_band(each, duration_s) for each in ranges))
        for index, (label, look, ranges) in enumerate(kinds)
    )


def _step(duration_s: float) -> int:
    step = next((step for step in STEPS_S if duration_s <= LABELLED_TICKS * step), STEPS_S[-1])
    while duration_s > LABELLED_TICKS * step:
        step *= 2
    return step


def _tick(index: int, at_s: int, duration_s: float) -> Tick:
    x = share(at_s, duration_s)
    anchor = "start" if x < 3 else "end" if x > 95 else "middle"
    return Tick(x, clock(at_s), anchor, minor=index % 2 == 1)


def _band(stretch: Range, duration_s: float) -> Band:
    x = share(stretch.start_s, duration_s)
    return Band(x, round(share(stretch.end_s, duration_s) - x, 3), stretch)
