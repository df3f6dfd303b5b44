"""One caption, and how wide its text stands on the screen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

_LATIN_BREAK = re.compile(r"(?<=[A-Za-z0-9])\s*\n\s*(?=[A-Za-z0-9])")
_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """Shown from `start_s` to `end_s`; the lines of `text` are separated by \\n."""

    start_s: float
    end_s: float
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def running_text(self) -> str:
        """The text as one line: a space where Latin words meet, nothing between Chinese characters."""
        return _BREAK.sub("", _LATIN_BREAK.sub(" ", self.text))

    def to_json(self) -> list[Any]:
        return [self.start_s, self.end_s, self.text]


def cues_from_json(rows: Iterable[list[Any]]) -> list[Cue]:
    return [Cue(*row) for row in rows]


def width(text: str) -> float:
    """In full-width characters: 汉 is 1, a is ½."""
    return sum(1.0 if east_asian_width(each) in "WFA" else 0.5 for each in text)


def characters(text: str) -> int:
    """How many characters are spoken: letters and digits of any script, no punctuation, no spaces."""
    return sum(each.isalnum() for each in text)
