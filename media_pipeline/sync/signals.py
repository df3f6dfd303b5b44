"""Test signals: a flash that fills the picture and a beep, as slates and phone apps give them. Pure.

One flash beside one beep happens by chance: three at least must agree, and a beep is a pure tone out of
silence.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from media_pipeline.facts import Span, Sync, SyncWindow

LANE_FPS = 12  # the path of the camera: a flash of two frames is seen, one of a single frame half of the time
GRID = 4
POINTS = GRID * GRID  # of every frame
RISE, SHARE = 50, 0.75  # levels of luma that so many of the points rise at once …
FLASH_MOST_S = 0.3  # … and for no longer
ALONE_S = 0.8  # between two flashes: a strobe or an arc is no signal
RATE, HOP = 16_000, 32  # samples a second; two milliseconds
BEEP_S = (0.02, 0.5)
OUT_OF_SILENCE_DB = 20
TONE_HZ, TONE_SHARE = 80, 0.7  # so much of the energy lies so near to one pitch
FEWEST = 3
REACH_S = 1.0
APART_S = 0.025  # from the common line: half a frame and a bit
SURE = 0.999


def flashes_in(levels: NDArray[np.uint8], fps: float = LANE_FPS) -> list[float]:
    """Seconds at which the picture flashes; `levels` are frames × points."""
    lane = levels.astype(np.float32)
    jumps = np.flatnonzero(np.diff(lane.mean(axis=1)) > RISE / 2) + 1
    times: list[float] = []
    for at in jumps:
        if _is_flash(lane, int(at), fps) and (not times or at / fps - times[-1] > FLASH_MOST_S):
            times.append(float(at / fps))
    return times


def _is_flash(lane: NDArray, at: int, fps: float) -> bool:
    """Bright at once nearly everywhere, and as before soon after."""
    before = np.median(lane[max(0, at - 10) : at], axis=0)
    after = lane[at + 1 : at + 2 + round(FLASH_MOST_S * fps)] - before
    rises = (lane[at : at + 2] - before).max(axis=0)
    gone = (after < 0.3 * rises).mean(axis=1) >= SHARE
    return bool((rises > RISE).mean() >= SHARE and gone.any())


def alone(times: Sequence[float]) -> list[float]:
    """Those with no other flash near."""
    return [at for at in times if not any(0 < abs(at - other) < ALONE_S for other in times)]


def beeps_in(samples: NDArray[np.float32]) -> list[float]:
    """Seconds at which a pure tone begins out of silence."""
    hops = samples[: len(samples) // HOP * HOP].reshape(-1, HOP)
    level = 10 * np.log10((hops**2).mean(axis=1) + 1e-9)
    times: list[float] = []
    for at in range(10, len(level) - 10):
        if level[at] - np.median(level[max(0, at - 40) : at - 1]) > OUT_OF_SILENCE_DB:
            start_s = _onset_s(samples, level, at)
            if start_s is not None and (not times or start_s - times[-1] > BEEP_S[1]):
                times.append(start_s)
    return times


def _onset_s(samples: NDArray[np.float32], level: NDArray, at: int) -> float | None:
    """Of the burst that begins near hop `at`, if it is short and one pitch."""
    loud = level[at : at + 25].max() - OUT_OF_SILENCE_DB / 2
    quiet = np.flatnonzero(level[at + 3 : at + 3 + round(BEEP_S[1] * RATE / HOP)] < loud)
    if not len(quiet) or (length := (int(quiet[0]) + 3) * HOP) < BEEP_S[0] * RATE:
        return None
    burst = samples[at * HOP : at * HOP + length]
    power = np.abs(np.fft.rfft(burst * np.hanning(len(burst)), RATE)) ** 2  # one bin is one hertz
    pitch = int(power.argmax())
    if power[max(0, pitch - TONE_HZ) : pitch + TONE_HZ].sum() < TONE_SHARE * power.sum():
        return None
    near = np.abs(samples[max(0, at - 10) * HOP : (at + 10) * HOP])
    first = int(np.argmax(near > 0.3 * near.max()))
    return (max(0, at - 10) * HOP + first) / RATE


def paired(flashes: Sequence[float], beeps: Sequence[float]) -> list[tuple[float, float]]:
    """(flash, how much later its beep comes), in seconds; nearer than half-way to the next flash."""
    steps = [b - a for a, b in pairwise(sorted(flashes))]
    reach_s = min([REACH_S, *(step / 2 for step in steps)])
    near = [(flash, min((beep - flash for beep in beeps), key=abs, default=9.0)) for flash in flashes]
    return [(flash, late_s) for flash, late_s in near if abs(late_s) < reach_s]


def agreed(pairs: Sequence[tuple[float, float]], looked_at: int) -> Sync | None:
    """What flashes and beeps say together; None unless most of those looked at lie on one line."""
    if len(pairs) < max(FEWEST, SHARE * looked_at):
        return None
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(pairs, 2))
    middle_s = (pairs[0][0] + pairs[-1][0]) / 2
    offset_s = median(late - slope * (at - middle_s) for at, late in pairs)
    off = [late - offset_s - slope * (at - middle_s) for at, late in pairs]
    if sum(abs(each) <= APART_S for each in off) < max(FEWEST, SHARE * len(pairs)):
        return None
    spans = [Span(max(0.0, at - 0.5), at + 0.5) for at, _ in pairs]
    return Sync(
        method="test_signals",
        offset_ms=round(1000 * offset_s, 1),
        confidence=SURE,
        drift_ms=round(1000 * slope * (pairs[-1][0] - pairs[0][0]), 1),
        windows=tuple(
            SyncWindow(round(span.start_s, 2), round(span.end_s, 2), round(1000 * late, 1))
            for span, (_, late) in zip(spans, pairs, strict=True)
        ),
    )
