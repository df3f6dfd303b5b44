"""How the camera moved: shifts from frame to frame by phase correlation (Kuglin and Hines 1975)."""

from array import array
from functools import cache

import numpy as np
from numpy.typing import NDArray

from media_pipeline.facts import Series
from media_pipeline.measuring.frames import Grey, is_same

FRAMES_PER_S = 12  # a hand trembles at 1–5 times a second
PEAK = 0.08  # a lower peak is no common shift of two frames: a cut, a fade, a face close up
WINDOW = FRAMES_PER_S + 1  # frames, odd: the time a smooth movement is looked for in
AT_ONCE = 10_000  # windows


class CameraPath:
    """Feed it small frames in order; ask it for `shake` and `repeats` at the end."""

    def __init__(self) -> None:
        self._shifts = array("f")  # x, y, x, y … in shares of the width
        self._repeated = bytearray()
        self._last: Grey | None = None
        self._spectrum: NDArray[np.complex64] | None = None

    def add(self, frame: Grey) -> None:
        same_size = self._last is not None and self._last.shape == frame.shape
        repeated = same_size and is_same(self._last, frame)
        spectrum = self._spectrum if repeated else _spectrum(frame)
        shift = _shift(self._spectrum, spectrum, frame.shape) if same_size and not repeated else (0.0, 0.0)
        self._shifts.extend(each / frame.shape[1] for each in shift)
        self._repeated.append(repeated)
        self._last, self._spectrum = frame, spectrum

    def shake(self) -> Series:
        """Rms distance from the smooth path in per cent of the width, for each second.

        The smooth path is the running median: it follows pans, cuts and scrolling whatever their speed, for
        a median keeps every movement that does not turn back.
        """
        path = np.cumsum(np.array(self._shifts).reshape(-1, 2), axis=0)
        if len(path) < WINDOW:
            return ()
        padded = np.pad(path, ((WINDOW // 2, WINDOW // 2), (0, 0)), mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=0)
        parts = np.array_split(windows, 1 + len(windows) // AT_ONCE)  # a median copies all it looks at
        smooth = np.concatenate([np.median(part, axis=-1) for part in parts])
        squares = ((path - smooth) ** 2).sum(axis=1)
        return tuple(round(100 * float(np.sqrt(each.mean())), 2) for each in _seconds(squares))

    def repeats(self) -> Series:
        """Share of the frames that are the frame before once more, for each second."""
        return tuple(round(float(each.mean()), 2) for each in _seconds(np.array(self._repeated)))


def _seconds(values: NDArray) -> list[NDArray]:
    return np.split(values, range(FRAMES_PER_S, len(values), FRAMES_PER_S)) if len(values) else []


def _spectrum(frame: Grey) -> NDArray[np.complex64]:
    """Of the four corners, each faded to its edges, which would else be seen as lines that never move."""
    height, width = (size // 2 for size in frame.shape)
    sides = (
        frame[:height, :width],
        frame[:height, -width:],
        frame[-height:, :width],
        frame[-height:, -width:],
    )
    corners = np.stack(sides).astype(np.float32)
    return np.fft.rfft2((corners - corners.mean(axis=(1, 2), keepdims=True)) * _fade(height, width))


@cache
def _fade(height: int, width: int) -> NDArray[np.float32]:
    return (np.hanning(height)[:, None] * np.hanning(width)).astype(np.float32)


def _shift(before: NDArray, after: NDArray, shape: tuple[int, int]) -> tuple[float, float]:
    """Pixels to the right and down that three of the four corners share: who speaks moves alone."""
    cross = after * before.conj()
    surfaces = np.fft.irfft2(cross / (np.abs(cross) + 1e-6), s=[size // 2 for size in shape])
    return sorted((_peak(surface) for surface in surfaces), key=lambda shift: np.hypot(*shift))[1]


def _peak(surface: NDArray) -> tuple[float, float]:
    row, column = np.unravel_index(int(surface.argmax()), surface.shape)
    if surface[row, column] < PEAK:
        return 0.0, 0.0
    return _signed(surface[row, :], int(column)), _signed(surface[:, column], int(row))


def _signed(line: NDArray, peak: int) -> float:
    """The top of the parabola through the peak and its neighbours; the far half is the negative shifts."""
    left, top, right = line[peak - 1], line[peak], line[(peak + 1) % len(line)]
    bend = left - 2 * top + right
    place = peak + (0.5 * (left - right) / bend if bend else 0.0)
    return float(place if place <= len(line) / 2 else place - len(line))
