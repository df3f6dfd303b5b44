"""Looks at frames of the one decode: what stays is not measured again, what slowly moves is."""

import numpy as np
import pytest

from media_pipeline.measuring.graph import TILT_PIPE
from media_pipeline.measuring.pixels import Pixels
from tests.media_pipeline.test_cutting import EMPTY

STEPS = 60


class Blind:
    """Looks for no faces; says how often it was told that a look is the one before."""

    def __init__(self) -> None:
        self.repeats = 0

    def look(self, frame: np.ndarray, *, again: bool) -> None:
        self.repeats += again


def lines(degrees: float) -> np.ndarray:
    rows, columns = np.mgrid[0:360, 0:640]
    return np.where((rows - columns * np.tan(np.radians(degrees))) // 20 % 2, 40.0, 200.0)


def tilts(*frames: np.ndarray) -> tuple[tuple, int]:
    blind = Blind()
    pixels = Pixels(blind)
    for frame in frames:
        pixels.on_bytes[TILT_PIPE](b"P5\n640 360\n255\n" + frame.astype(np.uint8).tobytes())
    return pixels.complete(EMPTY, None, 0).tilt, blind.repeats


def test_a_picture_that_stays_is_looked_at_once():
    noise = np.random.default_rng(7).integers(-2, 3, (3, 360, 640))
    assert tilts(*(lines(3) + each for each in noise)) == ((3.0, 3.0, 3.0), 2)


def test_a_camera_that_sinks_by_steps_nobody_sees_is_found_in_the_end():
    sinking = (lines(0) + (lines(3) - lines(0)) * step / STEPS for step in range(STEPS + 1))
    found, looked_again = tilts(*sinking)
    assert found[-1] == pytest.approx(3, abs=0.5) != found[0]
    assert looked_again > STEPS / 3
