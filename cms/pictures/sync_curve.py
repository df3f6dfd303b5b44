"""How well the voice fits the lips at every lag, against what the voice reaches where it cannot belong. Pure.

1000 units wide, 100 high, stretched by whoever shows it; across, −1 s (sound early) to +1 s (sound late).
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 100
REACH_MS = 1000
FLOOR = -3.0  # standard deviations: chance goes no lower
ROOM = 1.15  # above the highest point


@dataclass(frozen=True, slots=True)
class SyncCurve:
    """`path` is the `d` of an SVG path; `peak_x`, `zero_x` and the band of what is allowed are per cent of
    the width, `null_y` is down from the top."""

    path: str
    null_y: float
    zero_x: float
    peak_x: float
    band_x: float
    band_width: float
    text: str


def draw(heights: Sequence[float], null: float, *, allowed_ms: tuple[float, float]) -> SyncCurve | None:
    """None without a curve. `allowed_ms` are the earliest and the latest sound that is in order."""
    if len(heights) < 2:
        return None
    top = ROOM * max(*heights, null, 1.0)
    step = WIDTH / (len(heights) - 1)
    points = [f"{index * step:.1f} {_y(height, top):g}" for index, height in enumerate(heights)]
    peak = max(range(len(heights)), key=heights.__getitem__)
    peak_x = round(100 * peak / (len(heights) - 1), 2)
    band_x, band_end = (_x(each) for each in allowed_ms)
    return SyncCurve(
        path="M" + "L".join(points),
        null_y=_y(null, top),
        zero_x=_x(0),
        peak_x=peak_x,
        band_x=band_x,
        band_width=round(band_end - band_x, 2),
        text=_text(heights[peak], null),
    )


def _y(height: float, top: float) -> float:
    return round(HEIGHT * (top - max(height, FLOOR)) / (top - FLOOR), 1)


def _x(late_ms: float) -> float:
    return round(50 + 50 * max(-1.0, min(1.0, late_ms / REACH_MS)), 2)


def _text(peak: float, null: float) -> str:
    if peak <= null:
        return "没有一处高过虚线（把声音挪到别处时的最高点），机器说不准。"
    return f"最高点是虚线（把声音挪到别处时的最高点）的 {peak / max(null, 0.1):.1f} 倍，越高越可信。"
