"""Does a lag rest on the whole, or on a few seconds of it? Each block is left out once (Tukey 1958). Pure."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from media_pipeline.sync.matching import REACH, offset_ms_of

STEADY_MS = 100.0  # what is claimed of the error of a short stretch


def is_steady(blocks: NDArray, offset_ms: float) -> bool:
    """No single block may decide where the peak is: one pause, one cough is enough for a false one."""
    return all(abs(each - offset_ms) <= STEADY_MS for each in _offsets_ms(blocks))


def _offsets_ms(blocks: NDArray) -> Iterator[float]:
    """What all blocks but one say, for each that is left out."""
    near = np.roll(blocks, REACH, axis=1)[:, : 2 * REACH + 1]
    total, squares = near.sum(axis=0), (near**2).sum(axis=(2, 3))
    for block, square in zip(near, squares, strict=True):
        agreement = ((total - block) ** 2).sum(axis=(1, 2)) - (squares.sum(axis=0) - square)
        yield offset_ms_of(agreement)
