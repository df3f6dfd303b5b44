"""Where a face is: BlazeFace (Bazarevsky et al. 2019) on overlapping squares of a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.sync import models

SIDE = 192  # pixels the model looks at
GRID = 48  # anchors each way
SURE = 0.6  # below, curtains and posters become faces
ANCHORS = np.stack(np.meshgrid(*[(np.arange(GRID) + 0.5) / GRID] * 2), axis=-1).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class Face:
    """Centre and size in pixels; `turn` in radians, 0 with the eyes level."""

    x: float
    y: float
    size: float
    turn: float


class FaceFinder:
    """Raises `ModelsMissing` when it is made and there is no model."""

    def __init__(self) -> None:
        self._model = models.interpreter(models.FACES)

    def largest(self, picture: NDArray[np.uint8]) -> Face | None:
        """The largest face of a picture, rows × columns (× 3)."""
        faces = [face for x, y, tile in _tiles(picture) if (face := self._in_tile(x, y, tile))]
        return max(faces, key=lambda face: face.size, default=None)

    def _in_tile(self, x: int, y: int, tile: NDArray[np.uint8]) -> Face | None:
        side = tile.shape[0]
        scaled = Image.fromarray(tile).resize((SIDE, SIDE), Image.Resampling.BILINEAR).convert("RGB")
        boxes, scores = models.run(self._model, np.asarray(scaled, np.float32) / 127.5 - 1)
        best = int(scores[0, :, 0].argmax())
        if scores[0, best, 0] < np.log(SURE / (1 - SURE)):
            return None
        points = boxes[0, best].reshape(8, 2) / SIDE * side
        centre, size = points[0] + ANCHORS[best] * side, float(points[1].max())
        level = points[3] - points[2]  # from one eye to the other
        return Face(x + float(centre[0]), y + float(centre[1]), size, atan2(level[1], level[0]))


def _tiles(picture: NDArray[np.uint8]) -> Iterator[tuple[int, int, NDArray[np.uint8]]]:
    """Squares that overlap by half along the longer side: a small face is on one of them whole."""
    height, width = picture.shape[:2]
    side, longer = min(height, width), max(height, width)
    count = 1 + round((longer - side) / (side / 2))
    for start in np.linspace(0, longer - side, count).astype(int):
        x, y = (start, 0) if width >= height else (0, start)
        yield int(x), int(y), picture[y : y + side, x : x + side]
