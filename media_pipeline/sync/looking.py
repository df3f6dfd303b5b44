"""Who is seen, and when: the frames of the one decode that are there anyway, one every few seconds."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from media_pipeline.measuring.frames import Grey
from media_pipeline.sync import signals
from media_pipeline.sync.faces import Face, FaceFinder
from media_pipeline.sync.models import ModelsMissing
from media_pipeline.sync.places import Looked, Sighting

MOST_LOOKS = 150  # of a long file; each costs about 20 ms


@cache
def _points(shape: tuple[int, int]) -> tuple[NDArray, ...]:
    """Rows and columns of a grid that keeps off the edges."""
    return np.ix_(*(np.linspace(0, size - 1, signals.GRID + 2).astype(int)[1:-1] for size in shape))


class Lookout:
    """Feed it a frame every `step_s`; without models it sees nothing and says why.

    A piece of a long file begins at `from_s` with look number `first`.
    """

    def __init__(self, duration_s: float, step_s: float, *, first: int = 0, from_s: float = 0.0) -> None:
        self.every = max(1, int(np.ceil(duration_s / step_s / MOST_LOOKS)))
        self.every_s = self.every * step_s
        self.sightings: list[Sighting] = []
        self.missing = ""
        self.brightness = bytearray()  # see signals.LANE_FPS and POINTS
        self._step_s, self._count, self._from_s = step_s, first, from_s
        self._face: Face | None = None
        try:
            self._finder: FaceFinder | None = FaceFinder()
        except ModelsMissing as missing:
            self._finder, self.missing = None, missing.reason

    def note(self, frame: Grey) -> None:
        """A frame of the path of the camera, by its light at some points."""
        self.brightness += frame[_points(frame.shape)].tobytes()

    def look(self, frame: Grey, *, again: bool = False) -> None:
        """The next frame; `again` when it is the last one once more."""
        number, self._count = self._count, self._count + 1
        if self._finder is None or number % self.every:
            return
        if self.every > 1 or not again:
            self._face = self._finder.largest(frame)
        face = self._face
        if face is not None:
            height, width = frame.shape[:2]
            size = face.size / max(width, height)
            self.sightings.append(Sighting(number * self._step_s, face.x / width, face.y / height, size))

    def looked(self, start_s: float = 0.0, end_s: float = float("inf")) -> Looked:
        """What was seen in those seconds."""
        seen = tuple(each for each in self.sightings if start_s <= each.at_s < end_s)
        return Looked(
            seen,
            tuple(each for each in self._flashes() if start_s <= each < end_s),
            self.every_s,
            self.missing,
        )

    def _flashes(self) -> list[float]:
        lane = np.frombuffer(
            self.brightness[: len(self.brightness) // signals.POINTS * signals.POINTS], np.uint8
        )
        return [round(self._from_s + at, 3) for at in signals.flashes_in(lane.reshape(-1, signals.POINTS))]
