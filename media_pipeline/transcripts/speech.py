"""What an engine heard, and what an engine is. Plain data: no model, no decoder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from media_pipeline.captions.cue import characters

SAMPLE_RATE = 16_000  # Hz, mono: what Whisper was trained on

type Samples = np.ndarray
"""float32, mono, 16 kHz, −1…1."""

type Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody speaks from `start_s` to `end_s`."""

    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s

    def later(self, by_s: float) -> "Stretch":
        return Stretch(self.start_s + by_s, self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class Word:
    start_s: float
    end_s: float
    text: str

    def later(self, by_s: float) -> "Word":
        return Word(self.start_s + by_s, self.end_s + by_s, self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some seconds of text as the model put them; `words` joined are `text`."""

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    log_probability: float = 0.0
    compression_ratio: float = 1.0

    @property
    def middle_s(self) -> float:
        return (self.start_s + self.end_s) / 2

    @property
    def characters(self) -> int:
        return characters(self.text)

    def later(self, by_s: float) -> "Segment":
        words = tuple(word.later(by_s) for word in self.words)
        return replace(self, start_s=self.start_s + by_s, end_s=self.end_s + by_s, words=words)


class Engine(Protocol):
    """A recogniser of Mandarin. Times count from the first sample it is given."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """All that decides the text: name and version, model and its hash, options. Plain JSON."""

    def speech(self, samples: Samples) -> Sequence[Stretch]:
        """Where somebody speaks, in order."""

    def hear(self, samples: Samples) -> Iterator[Segment]:
        """The text of everything spoken, piece by piece as it is found."""

    def hear_alone(self, samples: Samples) -> Iterator[Segment]:
        """The text of one stretch of at most half a minute in which all is speech."""
