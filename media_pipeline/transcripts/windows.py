"""A long recording in windows of some minutes that end in a pause: nobody is cut off in mid-word."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from media_pipeline.transcripts.speech import SAMPLE_RATE, Engine, Samples, Stretch

WINDOW_S = 300.0
CUT_FROM_S = 240.0  # a window ends in its longest pause after this


class Sound(Protocol):
    @property
    def duration_s(self) -> float: ...

    def samples(self, start_s: float, end_s: float) -> Samples: ...


@dataclass(frozen=True, slots=True)
class Window:
    """`start_s` is a time of the recording; the stretches of speech count from there."""

    start_s: float
    samples: Samples
    stretches: tuple[Stretch, ...]

    @property
    def end_s(self) -> float:
        return self.start_s + len(self.samples) / SAMPLE_RATE


def windows(sound: Sound, engine: Engine) -> Iterator[Window]:
    """The whole of `sound`; each second lies in exactly one window."""
    start_s = 0.0
    while start_s < sound.duration_s:
        window = _window(sound, engine, start_s)
        yield window
        start_s = window.end_s if len(window.samples) else sound.duration_s


def _window(sound: Sound, engine: Engine, start_s: float) -> Window:
    samples = sound.samples(start_s, start_s + WINDOW_S)
    stretches = tuple(engine.speech(samples))
    if start_s + WINDOW_S >= sound.duration_s:
        return Window(start_s, samples, stretches)
    cut_s = _cut(stretches)
    before = tuple(each for each in stretches if each.start_s < cut_s)
    return Window(start_s, samples[: round(cut_s * SAMPLE_RATE)], before)


def _cut(stretches: tuple[Stretch, ...]) -> float:
    """The middle of the longest pause in the last minute, or its end where nobody pauses."""
    edges = [CUT_FROM_S, *(edge for each in stretches for edge in (each.start_s, each.end_s)), WINDOW_S]
    late = [edge for edge in edges if edge >= CUT_FROM_S]
    speaking = any(each.start_s < CUT_FROM_S < each.end_s for each in stretches)
    pauses = list(pairwise(late))[1 if speaking else 0 :: 2]
    start, end = max(pauses, key=lambda pause: pause[1] - pause[0], default=(WINDOW_S, WINDOW_S))
    return (start + end) / 2 if end > start else WINDOW_S
