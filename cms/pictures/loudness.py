"""The loudness of a video over its time axis: 1000 units wide, 100 high, stretched by whoever shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 100
TOP, BOTTOM = 0.0, -60.0  # LUFS
LINES = (-10, -20, -30, -40, -50)  # LUFS
MOST_COLUMNS = 500  # two points each: more than a screen shows


@dataclass(frozen=True, slots=True)
class Line:
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    y: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Loudness:
    """`path` is the `d` of an SVG path, interrupted where there is no sound; `band` is what is allowed."""

    path: str
    band: Band | None
    lines: tuple[Line, ...]


def draw(
    series: Sequence[float | None], *, duration_s: float, allowed: tuple[float, float] | None
) -> Loudness:
    """The curve of one LUFS value per second, and the band of `allowed` (lowest, highest) LUFS."""
    lines = tuple(Line(height_of(at), signed(at)) for at in LINES)
    return Loudness(" ".join(_path(series, duration_s)), _band(*allowed) if allowed else None, lines)


def signed(number: float) -> str:
    """With a true minus sign."""
    return f"{number:g}".replace("-", "−")


def _band(lowest: float, highest: float) -> Band:
    top, bottom = height_of(highest), height_of(lowest)
    return Band(top, round(bottom - top, 1), f"{signed(lowest)} … {signed(highest)} LUFS")


def height_of(lufs: float) -> float:
    return round(HEIGHT * (TOP - min(max(lufs, BOTTOM), TOP)) / (TOP - BOTTOM), 1)


def thinned(series: Sequence[float | None]) -> Iterator[tuple[float, float | None]]:
    """(second, LUFS) pairs; long series keep the lowest and the highest of every column, in their order."""
    per_column = -(-len(series) // MOST_COLUMNS) if len(series) > 2 * MOST_COLUMNS else 1
    for start in range(0, len(series), per_column):
        yield from _extremes(start, series[start : start + per_column])


def _extremes(start: int, values: Sequence[float | None]) -> Iterator[tuple[float, float | None]]:
    heard = [(value, start + index) for index, value in enumerate(values) if value is not None]
    if not heard:
        yield start, None
        return
    yield from sorted({(second, value) for value, second in (min(heard), max(heard))})


def _path(series: Sequence[float | None], duration_s: float) -> Iterator[str]:
    pen = "M"
    for second, lufs in thinned(series):
        if lufs is None:
            pen = "M"
            continue
        x = round(WIDTH * min((second + 0.5) / max(duration_s, 0.5), 1), 1)
        yield f"{pen}{x:g} {height_of(lufs):g}"
        pen = "L"
