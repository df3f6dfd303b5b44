"""What the lines after one say about it: most lines of a bank are understood by what follows them."""

import re
from collections.abc import Sequence

from question_bank.importing.key_lines import read_headed_keys, read_keys
from question_bank.importing.keys import read_key
from question_bank.importing.lines import (
    ANSWERS,
    CHAPTER,
    EXPLANATION,
    KEY,
    SUBCHAPTER,
    TYPE_HEADING,
    Line,
    read_start,
)
from question_bank.importing.options import split_options, split_tail, starts_option
from question_bank.likeness.folding import narrow

_TITLE = 30  # characters
_SHORT = 4  # characters; no statement is as short, many a key is


class Ahead:
    """The lines of a text, asked by their number."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def end_of_key_list(self, at: int) -> int:
        """Where questions begin again after the list that begins at `at`; banks may have one a section."""
        end = next((to for to in range(at + 1, len(self._lines)) if self._is_asked(to)), None)
        while end and end > at + 1 and _is_heading(self._lines[end - 1]):
            end -= 1
        return end or len(self._lines)

    def titles_keys(self, at: int) -> bool:
        """`… 题库答案` above a list of keys, or above a heading that has one below it."""
        if "案" not in self._lines[at].text:
            return False
        title = narrow(self._lines[at].text).strip()
        if len(title) > _TITLE or not ANSWERS.search(title) or re.search(r"[。?:;,(]", title):
            return False
        below = self._lines[at + 1 : at + 3]
        if below and TYPE_HEADING.match(narrow(below[0].text).strip()):
            below = below[1:]
        return bool(below) and bool(read_keys(below[0].text))

    def _is_asked(self, at: int) -> bool:
        """Whether a question begins here: before its options, or as the first below a heading."""
        line = self._lines[at]
        start = read_start(line.text)
        if _explains(line):
            return False
        if self.before_options(at) or (start and split_tail(line.text)[1]):
            return True
        is_first = bool(start and start.number == 1 and _is_heading(self._lines[at - 1]))
        return is_first and len(start.text) > _SHORT and not _answers(narrow(start.text))

    def before_b(self, at: int, line: Line) -> bool:
        """Whether B follows A, on this line or one of the next."""
        if len(split_options(line.text)) > 1:
            return True
        return any(starts_option(later.text, "B") for later in self._lines[at + 1 : at + 4])

    def before_options(self, at: int) -> bool:
        """Whether the next line is option A."""
        following = self._lines[at + 1 : at + 2]
        return any(
            starts_option(line.text, "A") and first_letter(line.text) == "A" and self.before_b(at + 1, line)
            for line in following
        )


def _is_heading(line: Line) -> bool:
    folded = narrow(line.text).strip()
    is_heading = any(heading.match(folded) for heading in (TYPE_HEADING, CHAPTER, SUBCHAPTER))
    return is_heading and not read_headed_keys(line.text)


def _explains(line: Line) -> bool:
    """Whether the line is a key or an explanation, in which every option may be gone through."""
    start = read_start(line.text)
    return any(_answers(narrow(text)) for text in (line.text, start.text if start else "") if text.strip())


def _answers(folded: str) -> bool:
    """Whether what follows a number is a key or its explanation and no question."""
    key = read_key(folded)
    return bool(key.letters or key.truth or KEY.match(folded) or EXPLANATION.match(folded))


def first_letter(text: str) -> str:
    return narrow(text).lstrip(" (")[:1].upper()
