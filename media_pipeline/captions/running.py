"""Captions read as one text, where every character knows when it is said: for searching and for sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_pipeline.captions.cue import Cue

PAUSE_S = 0.8  # between two sentences where nothing is punctuated
LONGEST = 80  # characters of a sentence; some speakers never pause
_END = re.compile(r"[。！？；!?;]$|[^.\d]\.$")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z0-9]$"), re.compile(r"^[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Sentence:
    start_s: float
    end_s: float
    text: str


class RunningText:
    """`text` is all captions in one line; positions in it are turned into cues and seconds."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = list(cues)
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for cue in self.cues:
            text = cue.running_text
            if parts and _LATIN_END.search(parts[-1]) and _LATIN_START.search(text):
                text = f" {text}"
            self._starts.append(length)
            parts.append(text)
            length += len(text)
        self.text = "".join(parts)

    def span(self, start: int, end: int) -> tuple[float, float]:
        """When the characters from `start` to `end` (not included) are said; inside a cue by proportion."""
        return self._second(start), max(self._second(start), self._second(max(end - 1, start), whole=True))

    def cues_of(self, start: int, end: int) -> list[Cue]:
        """The captions that show these characters."""
        return self.cues[self._number(start) : self._number(max(end - 1, start)) + 1]

    def _number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _second(self, position: int, *, whole: bool = False) -> float:
        number = self._number(position)
        cue, length = self.cues[number], max(len(self.cues[number].running_text), 1)
        share = min(1.0, (position - self._starts[number] + whole) / length)
        return round(cue.start_s + share * (cue.end_s - cue.start_s), 2)


def sentences(cues: Sequence[Cue]) -> Iterator[Sentence]:
    """Captions put together again where they belong together: up to a full stop or a pause."""
    open_cues: list[Cue] = []
    for cue in cues:
        if open_cues and _ends(open_cues, cue):
            yield _sentence(open_cues)
            open_cues = []
        open_cues.append(cue)
    if open_cues:
        yield _sentence(open_cues)


def _ends(said: list[Cue], following: Cue) -> bool:
    last = said[-1]
    if following.start_s - last.end_s >= PAUSE_S or _END.search(last.running_text):
        return True
    return sum(len(cue.text) for cue in said) + len(following.text) > LONGEST


def _sentence(said: list[Cue]) -> Sentence:
    return Sentence(said[0].start_s, said[-1].end_s, RunningText(said).text)
