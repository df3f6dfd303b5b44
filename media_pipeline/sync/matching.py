"""At which lag a voice belongs to lips: fitted on the video itself, against the video's own null. Pure.

The measure is the energy of the cross-covariance between lip shapes and voice bands that is the same in
different blocks of time: the sum over all pairs of blocks of the product of their covariances, a U-statistic
that is zero on the average where there is no connection (Hilbert-Schmidt independence, Gretton 2005, without
its bias). No coefficient comes from another video. What peaks are worth tell the lags far away.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FRAMES_PER_S = 25
FRAME_MS = 1000 / FRAMES_PER_S
REACH = 25  # frames to either side: one second
FAR = 75  # frames: sound moved so far belongs to other words
SMOOTH = 25  # frames to either side whose mean is taken away: how somebody sits and how loud they are
BLOCK = 75  # frames
LEAST = 18 * FRAMES_PER_S  # frames with a face: below, wrong sound reaches any peak now and then
RIDGE = 0.5  # of the mean variance
LOWEST_PEAK, OVER_NULL = 5.5, 1.3  # a peak under these is never sure, however few its rivals are
SUREST, UNSURE = 0.999, 0.9


@dataclass(frozen=True, slots=True)
class Match:
    """`heights` for each lag from −REACH to REACH, in standard deviations of far lags; `null` the highest
    of those. Positive: the sound is late."""

    offset_ms: float
    confidence: float
    peak: float
    null: float
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One stretch: frames × lips, with nan where no face was, and frames × bands of the same length."""

    lips: NDArray[np.float32]
    voice: NDArray[np.float32]


def joined_of(stretches: Sequence[Series]) -> tuple[NDArray, NDArray] | None:
    """Lips and voice, whitened, one stretch after the other."""
    seen = sum(int(np.isfinite(each.lips[:, 0]).sum()) for each in stretches)
    if seen < LEAST:
        return None
    lips = _whitened(np.vstack([_lively(each.lips) for each in stretches]))
    voice = _whitened(np.vstack([_lively(each.voice) for each in stretches]))
    return None if lips is None or voice is None else (lips, voice)


def _lively(series: NDArray) -> NDArray:
    """Without its running mean; rows that hold nan become the mean."""
    known = np.isfinite(series).all(axis=1)
    filled = np.where(known[:, None], series, series[known].mean(axis=0) if known.any() else 0)
    padded = np.pad(filled, ((SMOOTH, SMOOTH), (0, 0)), mode="reflect" if len(filled) > SMOOTH else "edge")
    sums = np.cumsum(np.vstack([np.zeros((1, filled.shape[1])), padded]), axis=0)
    width = 2 * SMOOTH + 1
    lively = filled - (sums[width:] - sums[:-width]) / width
    deviation = lively.std(axis=0)
    return np.where(known[:, None], lively / np.where(deviation > 1e-9, deviation, 1), 0)


def _whitened(series: NDArray) -> NDArray | None:
    if series.std(axis=0).min() < 1e-6:  # a still mouth or silence
        return None
    values, vectors = np.linalg.eigh(series.T @ series / len(series))
    values = np.maximum(values, 0)
    return series @ (vectors / np.sqrt(values + RIDGE * values.mean())) @ vectors.T


def covariances(
    lips: NDArray, voice: NDArray, starts: Sequence[int], *, ends: Sequence[int]
) -> NDArray[np.float32]:
    """For each block of lips and each circular lag of the voice: blocks × lags × lips × bands."""
    length = len(lips)
    spectrum = np.fft.rfft(voice, axis=0)[:, None, :]
    found = []
    for start, end in zip(starts, ends, strict=True):
        block = np.zeros_like(lips)
        block[start:end] = lips[start:end]
        product = np.fft.rfft(block, axis=0).conj()[:, :, None] * spectrum
        found.append(np.fft.irfft(product, length, axis=0).astype(np.float32) / length)
    return np.stack(found)


def agreement(blocks: NDArray) -> NDArray:
    """The product of the covariances of different blocks, summed over all pairs, for each lag."""
    return (blocks.sum(axis=0) ** 2).sum(axis=(1, 2)) - (blocks**2).sum(axis=(0, 2, 3))


def peak_of(curve: NDArray) -> Match:
    """The highest point near lag 0, and how likely so high a peak is far away."""
    far = curve[FAR : len(curve) - FAR]
    heights = (np.roll(curve, REACH)[: 2 * REACH + 1] - far.mean()) / far.std()
    peak = float(heights.max())
    rivals = _rivals((far - far.mean()) / far.std())
    return Match(
        offset_ms=round(offset_ms_of(heights), 1),
        confidence=round(_confidence(peak, rivals), 3),
        peak=round(peak, 2),
        null=round(float(rivals.max()), 2),
        heights=tuple(round(float(each), 2) for each in heights),
    )


def _rivals(far: NDArray) -> NDArray:
    """The highest of each stretch of lags as long as the one that is searched."""
    width = 2 * REACH + 1
    return np.array([far[at : at + width].max() for at in range(0, max(1, len(far) - width + 1), REACH)])


def _confidence(peak: float, rivals: NDArray) -> float:
    """By the law of extremes (Gumbel 1935), its two numbers taken from the rivals."""
    scale = max(float(rivals.std()), 0.3) * np.sqrt(6) / np.pi
    middle = float(rivals.mean()) - 0.5772 * scale
    stands_out = peak >= max(LOWEST_PEAK, OVER_NULL * float(rivals.max()))
    return min(SUREST if stands_out else UNSURE, float(np.exp(-np.exp(-(peak - middle) / scale))))


def offset_ms_of(heights: NDArray) -> float:
    """Where the peak of the lags from −REACH to REACH is."""
    return (_summit(heights, int(heights.argmax())) - REACH) * FRAME_MS


def _summit(heights: NDArray, peak: int) -> float:
    """The top of the parabola through a peak and its neighbours."""
    if not 0 < peak < len(heights) - 1:
        return float(peak)
    left, top, right = heights[peak - 1 : peak + 2]
    bend = left - 2 * top + right
    return peak + float(0.5 * (left - right) / bend) if bend else float(peak)
