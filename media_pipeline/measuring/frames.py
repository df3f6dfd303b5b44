"""Grey pictures out of a pipe, as ffmpeg's `pgm` encoder writes them one after the other."""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

type Grey = NDArray[np.uint8]
"""Rows × columns, 0…255."""

FIELD, ALIKE = 8, 4

_HEADER = re.compile(rb"P5\s(\d+)\s(\d+)\s255\s")


class GreyFrames:
    """Feed it what comes through the pipe; it hands on every picture once it is whole."""

    def __init__(self, on_frame: Callable[[Grey], None]) -> None:
        self.on_frame = on_frame
        self._rest = b""

    def read(self, data: bytes) -> None:
        """Take the next bytes; a header tells the size of each picture anew."""
        self._rest += data
        while (header := _HEADER.match(self._rest)) and self._take(header):
            pass

    def _take(self, header: re.Match[bytes]) -> bool:
        width, height = int(header[1]), int(header[2])
        end = header.end() + width * height
        if len(self._rest) < end:
            return False
        frame = np.frombuffer(self._rest, np.uint8, width * height, header.end()).reshape(height, width)
        self._rest = self._rest[end:]
        self.on_frame(frame)
        return True


def is_same(one: Grey, other: Grey) -> bool:
    """Equal but for rounding: an encoder that shows a frame again may still polish it."""
    return one.shape == other.shape and int(np.abs(one.astype(np.int16) - other).max()) <= 1


def is_alike(one: Grey, other: Grey) -> bool:
    """No field of 8 × 8 pixels changed by four levels on the average: a slide, encoded once more."""
    if one.shape != other.shape:
        return False
    height, width = (size // FIELD for size in one.shape)
    change = np.abs(one.astype(np.int16) - other)[: height * FIELD, : width * FIELD]
    return bool(change.reshape(height, FIELD, width, FIELD).mean(axis=(1, 3)).max(initial=0) < ALIKE)
