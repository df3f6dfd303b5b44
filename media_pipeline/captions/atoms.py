"""The smallest pieces a caption may be cut between: a character, but a number or "GB 30871" as a whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from media_pipeline.captions.cue import width
from media_pipeline.captions.limits import LINE_WIDTH

# bodies of standards with their number and year; numbers with their point, sign and unit; words of letters
_WHOLE = re.compile(
    r"[A-Z]{1,5}(?:\s?/\s?[A-Z]{1,2})?[\s-]?\d+(?:\.\d+)*(?:\s?[-—–]{1,2}\s?\d{4})?"
    r"|第[零〇一二三四五六七八九十百千万0-9]+[条款项章节]"
    r"|[0-9]+(?:[.:,/][0-9]+)*(?:%|℃|[A-Za-z]+)?|[零〇一二三四五六七八九十百千万亿点]{2,}|[A-Za-z]+(?:['’-][A-Za-z]+)*"
)
CLOSING = "，。！？；：、,.!?;:”’）》】〉」』…%"
OPENING = "“‘（《【〈「『"
FULL_STOPS, COMMAS = frozenset("。！？；!?;…"), frozenset("，、：,:")


@dataclass(frozen=True, slots=True)
class Atom:
    """`gap_s` is the pause before it; spaces around it belong to it."""

    text: str
    start_s: float
    end_s: float
    gap_s: float = 0.0

    @property
    def ending(self) -> str:
        return self.text.rstrip()[-1:]


type Timed = tuple[str, float, float]
"""Some text, and when it is said."""


def atoms(words: Iterable[Timed]) -> list[Atom]:
    """The words in pieces; a closing sign goes with what it closes, an opening one with what it opens."""
    letters = [letter for word in words for letter in _letters(word)]
    text = "".join(letter for letter, _, _ in letters)
    found: list[Atom] = []
    for start, end in _spans(text):
        began, ended = letters[start][1], letters[end - 1][2]
        gap = max(0.0, began - found[-1].end_s) if found else 0.0
        found.append(Atom(text[start:end], began, max(ended, began), gap))
    return found


def _letters(word: Timed) -> Iterator[Timed]:
    text, start, end = word
    step = (end - start) / max(len(text), 1)
    for number, letter in enumerate(text):
        yield letter, start + number * step, start + (number + 1) * step


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and (text[end] in OPENING or text[end].isspace()):
            end += 1
        end = _core(text, end)
        while end < len(text) and (text[end] in CLOSING or text[end].isspace()):
            end += 1
        yield at, end
        at = end


def _core(text: str, at: int) -> int:
    whole = _WHOLE.match(text, at)
    if whole and width(whole[0]) <= LINE_WIDTH - 2:
        return whole.end()
    return min(at + 1, len(text))
