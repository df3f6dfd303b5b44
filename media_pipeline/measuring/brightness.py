"""The bright and nearly neutral pixels of a small picture: where a wall or a sheet should be white."""

from dataclasses import dataclass, field

import numpy as np

from media_pipeline.facts import Series
from media_pipeline.measuring.frames import Grey

BRIGHT, NEUTRAL = 180, 48  # luma above, chroma within: a patch of strong colour is no tinted white


@dataclass(slots=True)
class Brightness:
    """Feed it a picture each second, its three planes one below the other; ask it for three series."""

    shares: list[float] = field(default_factory=list)
    colours: list[tuple[float | None, float | None]] = field(default_factory=list)

    def add(self, planes: Grey) -> None:
        luma, *chroma = planes.reshape(3, -1).astype(np.int16)
        bright = (luma > BRIGHT) & np.all([abs(plane - 128) < NEUTRAL for plane in chroma], axis=0)
        self.shares.append(round(float(bright.mean()), 2))
        u, v = (round(float(plane[bright].mean()), 1) if bright.any() else None for plane in chroma)
        self.colours.append((u, v))

    def series(self, first: int) -> dict[str, Series]:
        """By second, when the first picture is that of second `first`."""
        before = (None,) * first
        u, v = zip(*self.colours, strict=True) if self.colours else ((), ())
        return {
            "bright_share": before + tuple(self.shares),
            "bright_u": before + u,
            "bright_v": before + v,
        }
