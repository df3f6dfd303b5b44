"""The versions of a law on a time axis, a lane each, and what replaces what; in percent of the width."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

MOST_LABELS = 6  # years named; as many as fit on a phone
HEAD, LANE = 2.0, 3.5  # rem: the height of the years, and of a lane; as in register.css
BAR_TOP, BAR = 1.75, 0.75  # rem: where a lane's bar begins, and its height


@dataclass(frozen=True, slots=True)
class Text:
    """One version's days; None where not known, `expires` also where it still holds."""

    published: date | None
    effective: date | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class Lane:
    """`wait`: published but not in force; `bar`: in force; `is_open`: no end is known."""

    wait_x: float
    wait_width: float
    bar_x: float
    bar_width: float
    is_open: bool
    is_dated: bool


@dataclass(frozen=True, slots=True)
class Link:
    """At `x` the text in lane `newer` replaces the one in lane `older`, partly or as a whole."""

    x: float
    older: int
    newer: int
    is_partial: bool

    @property
    def begins(self) -> float:
        """In rem from above: the middle of the older bar."""
        return HEAD + LANE * self.older + BAR_TOP + BAR / 2

    @property
    def ends(self) -> float:
        """In rem from above: the near edge of the newer bar."""
        edge = BAR_TOP if self.newer > self.older else BAR_TOP + BAR
        return HEAD + LANE * self.newer + edge


@dataclass(frozen=True, slots=True)
class VersionLine:
    years: list[tuple[float, int]]
    lanes: list[Lane]
    links: list[Link]
    today_x: float


def version_line(
    texts: Sequence[Text], successions: Iterable[tuple[int, int, bool]], *, today: date
) -> VersionLine:
    """`texts` from the top down; `successions` are (older, newer, is partial) by their places in it."""
    first, last = _years(texts, today)
    start, length = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days

    def x(day: date) -> float:
        return round(100 * (day - start).days / length, 2)

    lanes = [_lane(text, x) for text in texts]
    return VersionLine(
        years=[(x(date(year, 1, 1)), year) for year in _labelled(first, last)],
        lanes=lanes,
        links=[
            Link(lanes[newer].bar_x, older, newer, partial)
            for older, newer, partial in successions
            if lanes[newer].is_dated
        ],
        today_x=x(today),
    )


def _lane(text: Text, x: Callable[[date], float]) -> Lane:
    begins = text.effective or text.published
    if begins is None:
        return Lane(0, 0, 0, 0, is_open=False, is_dated=False)
    bar, end = x(begins), x(text.expires) if text.expires else 100.0
    wait = x(text.published) if text.published else bar
    return Lane(
        wait, round(bar - wait, 2), bar, round(end - bar, 2), is_open=text.expires is None, is_dated=True
    )


def _years(texts: Sequence[Text], today: date) -> tuple[int, int]:
    """The first and the last year shown: every known day, today, and a year to either side of it."""
    days = [day for text in texts for day in (text.published, text.effective, text.expires) if day]
    known = [day.year for day in days]
    return min([*known, today.year - 1]), max([*known, today.year + 1])


def _labelled(first: int, last: int) -> range:
    return range(first, last + 1, -(-(last - first + 1) // MOST_LABELS))
