"""How many notices were open, and how many of them late, week by week. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WEEKS = 26
HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Point:
    """`x` and the two heights are percent of the picture, heights from above."""

    day: date
    open: int
    late: int
    x: float
    open_y: float
    late_y: float


@dataclass(frozen=True, slots=True)
class BurnDown:
    points: list[Point]
    most: int

    def path(self, name: str) -> str:
        """The points of an SVG polygon filled down to the ground."""
        line = " ".join(f"{point.x},{getattr(point, name)}" for point in self.points)
        return f"0,{HEIGHT} {line} 100,{HEIGHT}"

    @property
    def open_path(self) -> str:
        return self.path("open_y")

    @property
    def late_path(self) -> str:
        return self.path("late_y")


type Counts = Iterable[tuple[date, int]]


def burn_down(
    *, opened: Counts, closed: Counts, late_from: Counts, late_until: Counts, today: date
) -> BurnDown:
    """Notices by the day they were opened and closed, became late and ceased to be."""
    days = [today - timedelta(weeks=week) for week in range(WEEKS, -1, -1)]
    still_open = [a - b for a, b in zip(_sums(opened, days), _sums(closed, days), strict=True)]
    late = [a - b for a, b in zip(_sums(late_from, days), _sums(late_until, days), strict=True)]
    most = max(still_open) or 1
    points = [
        Point(day, count, behind, round(100 * number / WEEKS, 2), _height(count, most), _height(behind, most))
        for number, (day, count, behind) in enumerate(zip(days, still_open, late, strict=True))
    ]
    return BurnDown(points, max(still_open))


def _height(count: int, most: int) -> float:
    return round(HEIGHT - 90 * count / most, 2)


def _sums(counts: Counts, days: Sequence[date]) -> list[int]:
    """How many by the end of each of `days`."""
    rows = sorted(counts)
    totals = [0, *accumulate(count for _, count in rows)]
    at = [day for day, _ in rows]
    return [totals[bisect_right(at, day)] for day in days]
