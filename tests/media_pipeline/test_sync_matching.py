"""Lips against a voice, on made-up numbers: no model, no video."""

import numpy as np
import pytest

from media_pipeline.facts import Span
from media_pipeline.sync import drifting, matching
from media_pipeline.sync.jackknife import is_steady
from media_pipeline.sync.matching import FRAMES_PER_S, Series
from media_pipeline.sync.places import Sighting, places_to_watch
from media_pipeline.sync.voice import BANDS, HOP, RATE, bands

STRETCH = 15 * FRAMES_PER_S


def mouths(frames: int, seed: int) -> np.ndarray:
    """Six shapes that move as two muscles move them."""
    random = np.random.default_rng(seed)
    moves = random.standard_normal((frames + 8, 2)) @ random.standard_normal((2, 6))
    smooth = np.apply_along_axis(lambda column: np.convolve(column, np.hanning(9), "valid"), 0, moves)
    return (smooth + 0.3 * random.standard_normal(smooth.shape)).astype(np.float32)


def heard(lips: np.ndarray, seed: int = 5) -> np.ndarray:
    """Bands that follow the lips, most of each being something else."""
    random = np.random.default_rng(seed)
    follows = lips @ random.standard_normal((lips.shape[1], BANDS))
    noise = random.standard_normal(follows.shape)
    return (follows / follows.std() + 2 * noise).astype(np.float32)


def stretches(lips: np.ndarray, voice: np.ndarray) -> tuple[list[Series], list[float]]:
    starts = range(0, len(lips) - STRETCH + 1, STRETCH)
    cut = [Series(lips[at : at + STRETCH], voice[at : at + STRETCH]) for at in starts]
    return cut, [at / FRAMES_PER_S for at in starts]


@pytest.mark.parametrize("frames", [-12, -3, 0, 5, 13])
def test_a_voice_that_was_moved_is_found_where_it_was_moved_to(frames):
    lips = mouths(4 * STRETCH, seed=1)
    found = drifting.find(*stretches(lips, np.roll(heard(lips), frames, axis=0)))
    assert found.match.offset_ms == pytest.approx(40 * frames, abs=15)
    assert found.match.confidence > 0.99
    assert found.drift_ms == pytest.approx(0, abs=20)
    assert [ms for ms in found.offsets_ms if ms is None or abs(ms - 40 * frames) > 40] == []


@pytest.mark.parametrize("seed", range(6))
def test_a_voice_of_somebody_else_is_never_sure(seed):
    found = drifting.find(*stretches(mouths(4 * STRETCH, seed), heard(mouths(4 * STRETCH, seed + 100))))
    assert found.match.confidence < drifting.SURE
    assert (found.offsets_ms, found.drift_ms) == ((None,) * 4, None)


def moments(**strength: float) -> np.ndarray:
    """Covariances of seven blocks: what all share at lag 0, and what two of them share 600 ms before."""
    random = np.random.default_rng(3)
    shared, chance = random.standard_normal((2, 6, BANDS))
    blocks = random.standard_normal((7, 500, 6, BANDS))
    blocks[:, 0] += strength["all_along"] * shared
    blocks[[1, 4], -15] += strength["twice"] * chance
    return blocks


def test_a_peak_that_rests_on_one_block_is_not_steady():
    """Lips and voice that happen to be alike twice outweigh what they share all along."""
    by_chance = moments(all_along=1, twice=8)
    highest = matching.peak_of(matching.agreement(by_chance))
    assert (highest.offset_ms, highest.confidence) == (pytest.approx(-600, abs=15), 0.999)
    assert not is_steady(by_chance, highest.offset_ms)
    assert is_steady(moments(all_along=1, twice=0), 0)


def test_a_lag_that_is_not_steady_is_not_sure(monkeypatch):
    lips = mouths(4 * STRETCH, seed=1)
    monkeypatch.setattr(drifting, "is_steady", lambda blocks, offset_ms: False)
    found = drifting.find(*stretches(lips, heard(lips)))
    assert (found.match.offset_ms, found.match.confidence) == (pytest.approx(0, abs=15), matching.UNSURE)


def test_a_voice_that_drifts_is_followed():
    """One per cent over 75 seconds: from 0 to 750 ms."""
    lips = mouths(5 * STRETCH, seed=2)
    late = np.arange(len(lips)) * 0.99
    voice = heard(lips)[np.rint(late).astype(int)]
    found = drifting.find(*stretches(lips, voice))
    assert found.match.confidence > 0.99
    assert found.match.offset_ms == pytest.approx(375, abs=60)
    assert found.drift_ms == pytest.approx(600, abs=120)  # from the start of the first to that of the last


def test_frames_without_a_face_count_for_nothing():
    lips = mouths(4 * STRETCH, seed=3)
    voice = heard(lips)
    lips[200:500] = np.nan
    assert drifting.find(*stretches(lips, voice)).match.offset_ms == pytest.approx(0, abs=15)


@pytest.mark.parametrize("spoilt", ["short", "no face", "still mouth", "silence"])
def test_too_little_of_a_face_or_of_a_voice_is_no_answer(spoilt):
    lips = mouths(2 * STRETCH, seed=4)
    voice = heard(lips)
    if spoilt == "short":
        lips, voice = lips[:STRETCH], voice[:STRETCH]
    if spoilt == "no face":
        lips[:] = np.nan
    if spoilt == "still mouth":
        lips[:] = 1
    if spoilt == "silence":
        voice[:] = -11.5
    assert drifting.find(*stretches(lips, voice)) is None


def test_a_tone_is_heard_in_its_band_while_it_sounds():
    time = np.arange(RATE) / RATE
    tone = (np.sin(2 * np.pi * 1000 * time) * (time > 0.48)).astype(np.float32)
    heard_bands = bands(tone)
    assert heard_bands.shape == (RATE // HOP, BANDS)
    loudest = heard_bands.argmax(axis=1)
    assert set(loudest[12:]) == {3}  # centred at 950 Hz
    assert heard_bands[:12].max() < heard_bands[12:, 3].min() - 5


def look(at_s: float, x: float = 0.5) -> Sighting:
    return Sighting(at_s, x, 0.4, 0.1)


def test_stretches_with_a_face_are_spread_over_the_file():
    """An hour, looked at every 24 seconds, a face in its first and last third."""
    seen = [look(at) for at in range(0, 3600, 24) if not 1200 <= at < 2400]
    places = places_to_watch(seen, every_s=24, end_s=3600, aspect=16 / 9)
    assert len(places) == 8
    assert all(14 < place.span.length_s < 16 for place in places)
    assert (places[0].span.start_s, round(places[-1].span.end_s)) == (0, 3600)
    assert not [place for place in places if 1200 < place.span.start_s < 2380]


def test_a_stretch_shows_all_the_face_did_and_stays_in_the_picture():
    [place] = places_to_watch([look(0, 0.05), look(5, 0.3)], every_s=5, end_s=8, aspect=2)
    assert place.span == Span(0, 8)
    assert (place.box.left, place.box.top) == (0, pytest.approx(0.16))
    assert (place.box.right, place.box.bottom) == (pytest.approx(0.42), pytest.approx(0.64))


def test_no_face_is_no_place():
    assert places_to_watch([], every_s=5, end_s=100, aspect=2) == []
