"""How far the lines of a picture lean, by projection profiles as scans are straightened (Postl 1986)."""

import numpy as np
from numpy.typing import NDArray

from media_pipeline.measuring.frames import Grey

ANGLES = np.arange(-10, 10.25, 0.5)  # degrees, clockwise positive
STEEPEST = 15  # degrees: an edge that leans more is no lying or standing line
EDGE = 24  # change of luma over two pixels
FEWEST = 400  # edge pixels
# sharpness along the lines, over that along the other angles: text 1.9, a room 6, faces and plants under 1.7
CLEAR = 1.7


def skew(frame: Grey) -> float | None:
    """Degrees the picture leans, clockwise positive; None where there are too few lines to tell.

    Perspective slants the lying or the standing lines, a camera off level slants both: the smaller counts.
    """
    picture = _content(frame.astype(np.int16))
    down = picture[2:, 1:-1] - picture[:-2, 1:-1]
    right = picture[1:-1, 2:] - picture[1:-1, :-2]
    lying, standing = _angle(down, right), _angle(right.T, down.T)
    found = [angle for angle in (lying, standing if standing is None else -standing) if angle is not None]
    return min(found, key=abs, default=None)


def _content(picture: NDArray) -> NDArray:
    """Without bars at its edges: they are straight however the picture leans."""
    rows = np.flatnonzero(np.ptp(picture, axis=1) > EDGE)
    columns = np.flatnonzero(np.ptp(picture, axis=0) > EDGE)
    if not len(rows) or not len(columns):
        return picture[:3, :3]
    return picture[rows[0] + 4 : rows[-1] - 3, columns[0] + 4 : columns[-1] - 3]


def _angle(across: NDArray, along: NDArray) -> float | None:
    """Of the lines along the rows: where edge pixels, summed along a slope, pile up highest."""
    rows, columns = np.nonzero(np.abs(across) > EDGE)
    level = np.abs(along[rows, columns]) < np.abs(across[rows, columns]) * np.tan(np.radians(STEEPEST))
    rows, columns = rows[level], columns[level]
    if len(rows) < FEWEST:
        return None
    sharpness = [_sharpness(rows, columns, across.shape, slope) for slope in np.tan(np.radians(ANGLES))]
    best = int(np.argmax(sharpness))
    return float(ANGLES[best]) if sharpness[best] > CLEAR * np.median(sharpness) else None


def _sharpness(rows: NDArray, columns: NDArray, shape: tuple[int, int], slope: float) -> float:
    """Of what piles up along the lines of one slope."""
    drop = np.rint(np.arange(shape[1]) * slope).astype(int)
    counts = np.bincount(rows - (drop - drop.max())[columns])
    return float((counts.astype(float) ** 2).sum())
