"""How much later picture and sound of one file come than those of another, from excerpts of both."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from media_pipeline.renditions.excerpts import FRAMES_PER_S, SAMPLES_PER_S

REACH_S = 0.5  # a lag is looked for this far to both sides
STILL = 0.25  # levels of grey: a picture that changes less shows no time
SILENT = 30.0  # of 32768: a sound below shows none either
AS_GOOD = 0.02  # of the range: what fits this nearly as well is taken when it is nearer to none


def picture_lag_ms(first: Iterable[NDArray], second: Iterable[NDArray]) -> float | None:
    """Positive when `second` comes later; None where the picture does not change."""
    reach = int(REACH_S * FRAMES_PER_S)
    errors = [
        error for a, b in _pairs(first, second, 3 * reach) if (error := _errors(a, b, reach)) is not None
    ]
    return None if not errors else 1000 / FRAMES_PER_S * (_nearest_best(-sum(errors)) - reach)


def sound_lag_ms(first: Iterable[NDArray], second: Iterable[NDArray]) -> float | None:
    """Positive when `second` comes later; None where there is silence."""
    reach = int(REACH_S * SAMPLES_PER_S)
    fits = [fit for a, b in _pairs(first, second, 3 * reach) if (fit := _fit(a, b, reach)) is not None]
    return None if not fits else 1000 / SAMPLES_PER_S * (_nearest_best(sum(fits)) - reach)


def _pairs(
    first: Iterable[NDArray], second: Iterable[NDArray], shortest: int
) -> Iterable[tuple[NDArray, NDArray]]:
    """Excerpts of the same place, cut to the same length; too short ones are left out."""
    for a, b in zip(first, second, strict=False):
        length = min(len(a), len(b))
        if length >= shortest:
            yield a[:length], b[:length]


def _errors(a: NDArray, b: NDArray, reach: int) -> NDArray | None:
    """Mean difference of the two pictures for each lag; None when no lag differs from another."""
    inside = a[reach:-reach]
    errors = np.array([np.abs(b[lag : lag + len(inside)] - inside).mean() for lag in range(2 * reach + 1)])
    return errors if np.ptp(errors) > STILL else None


def _fit(a: NDArray, b: NDArray, reach: int) -> NDArray | None:
    """Normalised correlation for each lag, by the Fourier transform."""
    inside = np.zeros_like(a)
    inside[reach:-reach] = a[reach:-reach]
    if inside.std() < SILENT or b.std() < SILENT:
        return None
    size = 2 * len(a)
    product = np.fft.irfft(np.conj(np.fft.rfft(inside, size)) * np.fft.rfft(b, size), size)
    fit = np.concatenate([product[-reach:], product[: reach + 1]])
    return fit / (np.linalg.norm(inside) * np.linalg.norm(b))


def _nearest_best(fit: NDArray) -> int:
    """The lag that fits best; of those that fit as well, as with a tone, the one nearest to none."""
    good = np.flatnonzero(fit >= fit.max() - AS_GOOD * np.ptp(fit))
    middle = len(fit) // 2
    return int(good[np.argmin(np.abs(good - middle))])
