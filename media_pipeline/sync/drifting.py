"""The lag of the whole, of each stretch, and how it changes over the file. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median

import numpy as np
from numpy.typing import NDArray

from media_pipeline.sync import matching
from media_pipeline.sync.jackknife import is_steady
from media_pipeline.sync.matching import FRAME_MS, REACH, Match, Series

MOST_CHANGE = 50  # frames from start to end: two seconds either way …
STEEPEST = 0.02  # … but no faster than this: 24 shown as 25 frames is 4 %, and heard by everybody
STEP = 2  # frames
SPAN_LEAST_S = 15.0  # a shorter file does not drift far
SURE = 0.99
CLEAR = 4.0  # standard deviations: what the peak of one stretch must reach against words far away
STRETCHES_LEAST = 3
CHANGED = 1.15  # times the peak without drift


@dataclass(frozen=True, slots=True)
class Found:
    """`offsets_ms` has one value for each stretch, None where it alone says nothing; `drift_ms` is the
    change of the lag from the start to the end, None where the file is too short to tell."""

    match: Match
    offsets_ms: tuple[float | None, ...]
    drift_ms: float | None


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Covariances of each block, the stretch it belongs to, its place in the file from −½ to ½."""

    values: NDArray[np.float32]
    owner: NDArray[np.int64]
    place: NDArray[np.float64]
    span_s: float

    def moved(self, change: int) -> NDArray[np.float32]:
        """As if a drift of so many frames had been taken out."""
        shifts = np.rint(change * self.place).astype(int)
        pairs = zip(self.values, shifts, strict=True)
        return np.stack([np.roll(value, -shift, axis=0) for value, shift in pairs])


def find(stretches: Sequence[Series], starts_s: Sequence[float]) -> Found | None:
    """None for too little of a face or of a voice. `starts_s` tell where each stretch begins in the file."""
    joined = matching.joined_of(stretches)
    if joined is None:
        return None
    blocks = _blocks(*joined, stretches, starts_s)
    best, change = matching.peak_of(matching.agreement(blocks.values)), 0
    is_long = blocks.span_s > SPAN_LEAST_S
    if is_long:
        best, change = _with_drift(blocks, best)
    if not is_steady(blocks.moved(change), best.offset_ms):
        best = replace(best, confidence=min(best.confidence, matching.UNSURE))
    if best.confidence < SURE:
        return Found(best, (None,) * len(stretches), None)
    if len(stretches) == 1:
        return Found(best, (best.offset_ms,), None)
    offsets_ms = tuple(_offsets_ms(blocks, best, change, len(stretches)))
    whole_ms = change * FRAME_MS if is_long else None
    return Found(best, offsets_ms, _drift_ms(offsets_ms, starts_s, whole_ms))


def _blocks(lips: NDArray, voice: NDArray, stretches: Sequence[Series], starts_s: Sequence[float]) -> _Blocks:
    lengths = [len(each.lips) for each in stretches]
    begins = np.cumsum([0, *lengths])
    cuts = [
        (index, int(begins[index]) + start, int(begins[index]) + min(start + matching.BLOCK, length))
        for index, length in enumerate(lengths)
        for start in range(0, length, matching.BLOCK)
    ]
    owner, starts, ends = (np.array(each) for each in zip(*cuts, strict=True))
    middle_s = (starts + ends) / 2 * FRAME_MS / 1000 + np.array(
        [starts_s[index] - begins[index] * FRAME_MS / 1000 for index in owner]
    )
    span_s = max(float(np.ptp(middle_s)), 1.0)
    place = (middle_s - middle_s.min()) / span_s - 0.5
    return _Blocks(matching.covariances(lips, voice, starts, ends=ends), owner, place, span_s)


def _with_drift(blocks: _Blocks, still: Match) -> tuple[Match, int]:
    """The best change, no change where that is nearly as good; its rivals are the far peaks of all tried."""
    most = min(MOST_CHANGE, int(STEEPEST * blocks.span_s * matching.FRAMES_PER_S))
    changes = range(-most // STEP * STEP, most + 1, STEP)
    tried = {change: matching.peak_of(matching.agreement(blocks.moved(change))) for change in changes}
    change = max(tried, key=lambda each: tried[each].peak)
    null = max(each.null for each in tried.values())
    best = replace(tried[change], null=null)
    stands_out = best.peak >= max(matching.LOWEST_PEAK, matching.OVER_NULL * null, CHANGED * still.peak)
    return (best, change) if stands_out else (still, 0)


def _offsets_ms(blocks: _Blocks, best: Match, change: int, count: int) -> Iterator[float | None]:
    """Each stretch against what all the others agree on, at their common lag."""
    moved = blocks.moved(change)
    lag = round(best.offset_ms / FRAME_MS)
    for index in range(count):
        own = blocks.owner == index
        template = moved[~own][:, lag].sum(axis=0)
        curve = np.einsum("lpq,pq->l", blocks.values[own].sum(axis=0), template)
        centre = lag + round(change * float(blocks.place[own].mean()))
        found = matching.peak_of(np.roll(curve, -centre))
        clear = found.peak >= CLEAR and abs(found.offset_ms) < REACH * FRAME_MS
        yield round(found.offset_ms + centre * FRAME_MS, 1) if clear else None


def _drift_ms(
    offsets_ms: Sequence[float | None], starts_s: Sequence[float], whole_ms: float | None
) -> float | None:
    """The median slope between any two stretches (Theil 1950, Sen 1968), over the time they span; the
    change that fits the whole best where too few stretches speak for themselves."""
    known = [(at, ms) for at, ms in zip(starts_s, offsets_ms, strict=True) if ms is not None]
    if len(known) < STRETCHES_LEAST:
        return whole_ms
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(known, 2))
    return round(slope * (starts_s[-1] - starts_s[0]), 1)
