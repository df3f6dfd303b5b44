"""Frames shown twice and frames that are missing, told by how far the picture moves from one to the next."""

import numpy as np
import pytest

from media_pipeline.measuring.pace import Pace

FPS = 25


def walk(seconds: float = 8) -> list[float]:
    """The steps of somebody who sways: never quite still, never sudden."""
    at = np.arange(int(seconds * FPS)) / FPS
    return list(1.0 + 0.6 * np.sin(2 * at))


def counted(steps: list[float], *, pause: bool = False) -> dict[str, int]:
    pace = Pace()
    for number, step in enumerate(steps):
        pace.add(number / FPS + (20 if number >= 100 else 0) * pause, step)
    return {name: sum(filter(None, values)) for name, values in pace.series().items()}


def without_every(count: int, steps: list[float]) -> list[float]:
    """What is left when every so-manyth frame is taken out: the next step is two."""
    kept, owed = [], 0.0
    for number, step in enumerate(steps):
        owed += step
        if number % count:
            kept.append(owed)
            owed = 0.0
    return kept


def test_an_even_movement_has_no_uneven_step():
    assert counted(walk()) == {"moving": 199, "doubled": 0, "jumps": 0}


@pytest.mark.parametrize("every", [5, 10, 25])
def test_every_missing_frame_is_a_jump(every):
    found = counted(without_every(every, walk()))
    assert found["jumps"] == pytest.approx(200 / every, abs=1)
    assert found["doubled"] == 0


@pytest.mark.parametrize("every", [2, 5, 10])
def test_every_repeated_frame_is_found_though_the_encoder_polishes_it(every):
    steps = [each for n, step in enumerate(walk()) for each in ([step, 0.1] if n % every == 0 else [step])]
    assert counted(steps)["doubled"] == pytest.approx(200 / every, abs=1)


def test_a_cut_is_no_jump_and_a_pause_no_repeated_frame():
    steps = walk()
    steps[50] = 30.0
    steps[100:120] = [0.01] * 20
    assert (counted(steps)["jumps"], counted(steps)["doubled"]) == (0, 0)


def test_where_nothing_moves_nothing_is_judged():
    assert counted([0.05] * 100) == {"moving": 0, "doubled": 0, "jumps": 0}


def test_few_frames_say_nothing():
    assert counted([1.0, 1.0]) == {"moving": 0, "doubled": 0, "jumps": 0}


def test_the_step_over_a_pause_is_no_jump():
    """The timestamps tell of it already."""
    steps = walk()
    steps[100] *= 3
    assert (counted(steps)["jumps"], counted(steps, pause=True)["jumps"]) == (1, 0)
