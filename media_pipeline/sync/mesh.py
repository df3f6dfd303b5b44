"""The shape of the lips, frame by frame: 468 points of a face (Kartynnik et al. 2019) that is followed."""

from math import atan2, cos, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.sync import models
from media_pipeline.sync.faces import Face, FaceFinder

SIDE = 192  # pixels the model looks at
MARGIN = 1.5  # of the face: what the model was made for
SMOOTH = Image.Resampling.BILINEAR  # the nearest pixel is cheaper and spoils the match of a short face
EYES, CHIN, BROW = (33, 263), 152, 10
SHAPES = 6  # numbers that tell the shape of the lips
SEARCH_EVERY = 5  # frames, while no face is there

type Shape = NDArray[np.float32]
"""Opening, inner width, outer height, outer width, nose to chin, lower lip to chin, in sizes of the face."""


class LipReader:
    """Feed it the frames of one place in order; it follows the face it found."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._model = models.interpreter(models.LANDMARKS)
        self._face: Face | None = None
        self._wait = 0

    def read(self, frame: NDArray[np.uint8]) -> Shape | None:
        """The lips in a frame (rows × columns × 3); None without a face."""
        if self._face is None and not self._search(frame):
            return None
        points = self._points(frame, self._face)
        self._face = None if points is None else _face_of(points)
        return None if points is None else shape_of(points)

    def _search(self, frame: NDArray[np.uint8]) -> bool:
        if self._wait:
            self._wait -= 1
            return False
        self._face = self._finder.largest(frame)
        self._wait = 0 if self._face else SEARCH_EVERY - 1
        return self._face is not None

    def _points(self, frame: NDArray[np.uint8], face: Face) -> NDArray[np.float32] | None:
        """The face is turned level and cut out; what the model finds there is turned back."""
        scale = MARGIN * face.size / SIDE
        turn = scale * np.array([[cos(face.turn), -sin(face.turn)], [sin(face.turn), cos(face.turn)]])
        corner = np.array([face.x, face.y]) - turn @ (SIDE / 2, SIDE / 2)
        affine = (*turn[0], corner[0], *turn[1], corner[1])
        cut = Image.fromarray(frame).transform((SIDE, SIDE), Image.Transform.AFFINE, affine, SMOOTH)
        points, presence = models.run(self._model, np.asarray(cut) * np.float32(1 / 255))
        if presence.item() <= 0:
            return None
        found = points.reshape(-1, 3)
        return np.column_stack([found[:, :2] @ turn.T + corner, found[:, 2] * scale])


def shape_of(points: NDArray) -> Shape:
    """Distances in space, so that a head may turn, over the size of the face."""

    def apart(one: int, other: int) -> float:
        return float(np.linalg.norm(points[one] - points[other]))

    size = np.sqrt(apart(*EYES) * apart(BROW, CHIN))
    opening = (apart(13, 14) + apart(81, 178) + apart(311, 402)) / 3
    rest = apart(78, 308), apart(0, 17), apart(61, 291), apart(1, CHIN), apart(17, CHIN)
    return np.array([opening, *rest], np.float32) / size


def _face_of(points: NDArray) -> Face:
    """The box around all points, in the axes of the face."""
    level = points[EYES[1], :2] - points[EYES[0], :2]
    turn = atan2(level[1], level[0])
    axes = np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
    upright = points[:, :2] @ axes.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    x, y = (low + high) / 2 @ axes
    return Face(float(x), float(y), float((high - low).max()), turn)
