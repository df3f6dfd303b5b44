"""The thumbnails over the seek bar: small pictures at even steps, gathered in sheets."""

from dataclasses import dataclass
from math import ceil

COLUMNS = ROWS = 10
TILE_BOX = 160  # pixels, the longer side
SHORTEST_STEP_S = 1
MOST_TILES = 300  # an hour: one every twelve seconds, in three sheets


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Tile `n` shows second `n × every_s`; sheets are filled row by row, `COLUMNS × ROWS` on each."""

    every_s: int
    tiles: int
    width: int
    height: int

    @property
    def sheets(self) -> int:
        return ceil(self.tiles / (COLUMNS * ROWS))


def storyboard(duration_s: float, *, width: int, height: int) -> Storyboard:
    """For a picture of `width × height`, whose shape the tiles keep."""
    every_s = max(SHORTEST_STEP_S, ceil(duration_s / MOST_TILES))
    scale = min(1.0, TILE_BOX / max(width, height))
    tile_width, tile_height = (max(2, round(side * scale / 2) * 2) for side in (width, height))
    return Storyboard(every_s, max(1, ceil(duration_s / every_s)), tile_width, tile_height)
