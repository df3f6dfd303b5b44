"""The law board's time axis: months on top, a bar per notice, positions in percent of the width. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS_BACK = 6  # what is older begins at the left edge
MOST_LABELS = 9


@dataclass(frozen=True, slots=True)
class Month:
    """`year` stands with the first month shown and with each January, else None."""

    x: float
    number: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """From the base date to the due date; `late` is what has passed since then."""

    x: float
    width: float
    late_x: float
    late_width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    months: list[Month]
    bars: list[Bar]
    today_x: float


def timeline(spans: Sequence[tuple[date, date]], *, today: date) -> Timeline:
    """One bar per (base, due), in the same order, on an axis of whole months around `today`."""
    first, last = _bounds(spans, today)
    length = (_month_start(last + 1) - _month_start(first)).days

    def x(day: date) -> float:
        share = (day - _month_start(first)).days / length
        return round(100 * min(max(share, 0.0), 1.0), 2)

    return Timeline(
        months=[_month_at(x(start), start, first) for start in _labelled(first, last)],
        bars=[_bar(x(base), x(due), x(today)) for base, due in spans],
        today_x=x(today),
    )


def _bar(base: float, due: float, today: float) -> Bar:
    late = max(0.0, today - due)
    return Bar(base, round(max(due - base, 0.0), 2), due, round(late, 2))


def _bounds(spans: Sequence[tuple[date, date]], today: date) -> tuple[int, int]:
    """First and last month shown, counted from year 0; never less than a month to either side of today."""
    now = _month(today)
    earliest = min((_month(base) for base, _ in spans), default=now)
    latest = max((_month(due) for _, due in spans), default=now)
    return max(min(earliest, now - 1), now - MONTHS_BACK), max(latest, now + 1)


def _labelled(first: int, last: int) -> list[date]:
    step = -(-(last - first + 1) // MOST_LABELS)
    return [_month_start(month) for month in range(first, last + 1, step)]


def _month_at(x: float, start: date, first: int) -> Month:
    is_named = start.month == 1 or _month(start) == first
    return Month(x, start.month, start.year if is_named else None)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_start(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, 1)
