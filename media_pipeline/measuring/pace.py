"""Does the picture move evenly? Frames shown twice, and frames that are missing between two.

Both leave the timestamps regular. What they leave in the picture: one step of no movement between two of
movement, or one step about twice as long as those around it (a cut is many times as long).
"""

from array import array
from collections.abc import ItemsView
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from media_pipeline.facts import Series

AROUND = 4  # frames to either side: what a step is held against
MOVING = 0.2  # levels of luma, mean over the picture: below, nobody sees a step
STILL = 0.25  # of the steps around: an encoder polishes what it shows again
GOES_ON = 0.5  # of the steps around: after a repeated frame the movement goes on, after a pause it need not
MOST_STILL = 3  # frames: a longer stop is a pause
PAUSE_S = 0.5
ROUNDING_S = 0.005  # ffmpeg prints six digits of a time
LONG, CUT = 1.5, 6.0  # times the longer neighbour


class Pace:
    """Feed it the change from each frame to the next, in the order of time; ask it for three series."""

    def __init__(self) -> None:
        self._times_s, self._steps = array("d"), array("f")

    def add(self, at_s: float, step: float) -> None:
        """The mean change of luma from the frame before to the one shown at `at_s`."""
        self._times_s.append(at_s)
        self._steps.append(step)

    def series(self) -> dict[str, Series]:
        """For each second: frames in movement, those of them shown twice, steps that are too long."""
        seconds = (np.array(self._times_s) + ROUNDING_S).astype(int)
        frames = np.bincount(seconds)
        found = {name: np.bincount(seconds[flags], minlength=len(frames)) for name, flags in self._found()}
        return {
            name: tuple(int(count) if here else None for count, here in zip(counts, frames, strict=True))
            for name, counts in found.items()
        }

    def _found(self) -> ItemsView[str, NDArray[np.bool_]]:
        """Each run between two pauses for itself; the step over a pause is none."""
        steps, times_s = np.array(self._steps, np.float32), np.array(self._times_s)
        found = {name: np.zeros(len(steps), bool) for name in ("moving", "doubled", "jumps")}
        starts = [0, *(np.flatnonzero(np.diff(times_s) > PAUSE_S) + 1), len(steps)]
        for start, end in pairwise(starts):
            run = steps[start + 1 : end]
            if len(run) > 2 * AROUND + 1:
                usual, own = _usual(run), slice(start + 1, end)
                found["moving"][own] = usual > MOVING
                found["doubled"][own], found["jumps"][own] = _doubled(run, usual), _jumps(run)
        return found.items()


def _usual(steps: NDArray) -> NDArray:
    """The median of the larger half of the steps around: repeated frames do not lower it."""
    padded = np.pad(steps, AROUND, mode="reflect")
    around = np.sort(np.lib.stride_tricks.sliding_window_view(padded, 2 * AROUND + 1), axis=1)
    return around[:, -AROUND // 2 - 1]


def _doubled(steps: NDArray, usual: NDArray) -> NDArray:
    """Short runs of no movement with movement on both sides."""
    still = (steps < STILL * usual) & (usual > MOVING)
    doubled = np.zeros(len(steps), bool)
    at = 0
    for flag, run in groupby(still):
        length = len(list(run))
        before, after = at - 1, at + length
        if flag and length <= MOST_STILL and before >= 1 and after < len(steps):
            doubled[at:after] = min(steps[before], steps[after]) > GOES_ON * usual[at]
        at = after
    return doubled


def _jumps(steps: NDArray) -> NDArray:
    """Steps longer than both neighbours by about a frame or some; not those after a repeated frame."""
    jumps = np.zeros(len(steps), bool)
    left, middle, right = steps[1:-2], steps[2:-1], steps[3:]
    longer, shorter = np.maximum(left, right), np.minimum(left, right)
    even = (shorter > GOES_ON * longer) & (shorter > MOVING)
    jumps[2:-1] = even & (middle > LONG * longer) & (middle < CUT * longer)
    return jumps
