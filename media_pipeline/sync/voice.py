"""The voice as the lips shape it: energy in bands that widen like hearing does, one row per frame. Pure."""

import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # samples a second
FRAMES_PER_S = 25
HOP = RATE // FRAMES_PER_S
WINDOW = HOP  # 40 ms
SPECTRUM = 1024
BANDS = 12
LOWEST, HIGHEST = 100.0, 7500.0  # Hz: speech
FLOOR = 1e-5  # of the mean energy: what lies so far below is silence


def bands(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log energy, frames × bands; row k is heard while frame k of the picture is shown."""
    count = len(samples) // HOP
    frames = samples[: count * HOP].reshape(count, HOP) * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(frames, SPECTRUM, axis=1)) ** 2
    energy = power @ _filters().T
    return np.log(energy + FLOOR * energy.mean() + 1e-12).astype(np.float32)


def _filters() -> NDArray[np.float64]:
    """Triangles on the mel scale (Davis and Mermelstein 1980), bands × frequencies."""
    at = _mel(np.linspace(0, RATE / 2, SPECTRUM // 2 + 1))
    edges = np.linspace(_mel(LOWEST), _mel(HIGHEST), BANDS + 2)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    return np.clip(np.minimum((at - low) / (middle - low), (high - at) / (high - middle)), 0, None)


def _mel(hertz: float | NDArray) -> NDArray:
    return 2595 * np.log10(1 + np.asarray(hertz) / 700)
