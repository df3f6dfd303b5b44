"""A voice that says nothing: pulses through formants of vowels. A speech detector takes it for a person."""

from functools import cache

import numpy as np
from scipy.signal import lfilter

from media_pipeline.transcripts.speech import SAMPLE_RATE, Samples

FORMANTS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
BANDWIDTHS = (80, 90, 120)


@cache
def babble(seconds: float, seed: int = 1) -> Samples:
    """Syllables of random vowels with small breaks, never two runs that differ."""
    chance, parts, count = np.random.default_rng(seed), [], 0
    while count < seconds * SAMPLE_RATE:
        hiss = chance.standard_normal(int(SAMPLE_RATE * chance.uniform(0.03, 0.08))) * 0.02
        parts += [hiss, _vowel(chance)]
        count += len(parts[-1]) + len(hiss)
    return np.concatenate(parts).astype(np.float32)[: int(seconds * SAMPLE_RATE)]


def _vowel(chance: np.random.Generator) -> np.ndarray:
    time = np.arange(int(SAMPLE_RATE * chance.uniform(0.16, 0.26))) / SAMPLE_RATE
    pitch = chance.uniform(110, 150) * (1 + chance.uniform(-0.25, 0.25) * time / time[-1])
    sound = np.diff(np.floor(np.cumsum(pitch) / SAMPLE_RATE), prepend=0)
    for formant, bandwidth in zip(FORMANTS[chance.integers(5)], BANDWIDTHS, strict=True):
        radius = np.exp(-np.pi * bandwidth / SAMPLE_RATE)
        poles = [1, -2 * radius * np.cos(2 * np.pi * formant / SAMPLE_RATE), radius**2]
        sound = lfilter([1 - radius], poles, sound)
    rise = np.minimum(1, np.minimum(time / 0.03, (time[-1] - time) / 0.05))
    return sound / np.abs(sound).max() * 0.4 * rise


class FakeEngine:
    """Tells what it is given: `script` is (start_s, end_s, text) of one recording, `alone` what each stretch
    says when it is heard by itself. A sample's value is its second, so that windows know where they are."""

    settings = {"engine": "fake", "model": "fake", "model_sha256": "0" * 64}

    def __init__(self, script, *, alone=None, stretches=None):
        self.script, self.alone, self.asked_alone = list(script), alone or {}, []
        self.stretches = stretches or [(start, end) for start, end, _ in self.script]

    def speech(self, samples):
        from media_pipeline.transcripts.speech import Stretch

        first, last = self._span(samples)
        inside = [(max(a, first), min(b, last)) for a, b in self.stretches if a < last and b > first]
        return [Stretch(a - first, b - first) for a, b in inside]

    def hear(self, samples):
        first, last = self._span(samples)
        for start, end, text in self.script:
            if first <= start < last:
                yield self._segment(start - first, end - first, text)

    def hear_alone(self, samples):
        first, last = self._span(samples)
        self.asked_alone.append((round(first, 1), round(last, 1)))
        text = self.alone.get(round(first), "")
        if text:
            yield self._segment(0.0, last - first, text)

    def _span(self, samples):
        return (float(samples[0]), float(samples[-1]) + 1 / SAMPLE_RATE) if len(samples) else (0.0, 0.0)

    def _segment(self, start, end, text):
        from media_pipeline.transcripts.speech import Segment, Word

        step = (end - start) / max(len(text), 1)
        words = [Word(start + n * step, start + (n + 1) * step, each) for n, each in enumerate(text)]
        return Segment(start, end, text, tuple(words), -0.3, 1.0)


class Ruler:
    """A recording for the fake: each sample is its own time."""

    def __init__(self, duration_s: float) -> None:
        self.duration_s = duration_s

    def samples(self, start_s: float, end_s: float) -> Samples:
        first, last = (round(min(second, self.duration_s) * SAMPLE_RATE) for second in (start_s, end_s))
        return np.arange(first, last, dtype=np.float64) / SAMPLE_RATE
