"""Months as people hang them on the wall: weeks from Monday, each day with what is due on it. Pure."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    due: int
    is_late: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One month; a week holds None for days of other months."""

    first: date
    weeks: list[list[Day | None]]

    @property
    def due(self) -> int:
        return sum(day.due for week in self.weeks for day in week if day)


def sheets(due: Mapping[date, int], *, first: date, months: int, today: date) -> list[Sheet]:
    """`months` sheets from the month of `first`; `due` counts what is due on a day."""
    return [_sheet(month, due, today) for month in (month_after(first, number) for number in range(months))]


def month_after(first: date, months: int) -> date:
    """The first day of the month so many months later; negative: earlier."""
    month = first.year * 12 + first.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def _sheet(first: date, due: Mapping[date, int], today: date) -> Sheet:
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Sheet(first, [[_day(day, first, due, today) for day in week] for week in weeks])


def _day(day: date, first: date, due: Mapping[date, int], today: date) -> Day | None:
    if day.month != first.month:
        return None
    return Day(day, due.get(day, 0), day < today, day == today)
