"""Options in running text: `A. …  B、… (C)…`, one a line, all on one line, or glued together."""

import re

from question_bank.content import LETTERS
from question_bank.importing.raw import Option
from question_bank.likeness.folding import narrow

_STRONG = re.compile(r"(?:\(([A-Za-z])\)|\b([A-Za-z])\s?[.、:)](?!\w*://))\s*")
_GLUED = re.compile(r"(?<![A-Za-z0-9.])(?:\(([A-Z])\)|([A-Z])\s?[.、:)])\s*")
_WEAK = re.compile(r"(?:^|(?<=\s))([A-Z])(?:\s+|(?=[\u4e00-\u9fff《“]))")
_FIRST = re.compile(r"(?<=[\s)。?:_])(?<!\(\s)(?<!\(\s\s)(?:\(A\)|A\s?[.、:)])")
_GAP = 3  # letters that may be missing between two options; further ones are words, as in 「U、V、W」


def starts_option(line: str, expected: str) -> bool:
    """Whether the line begins with an option; without a mark after it, only the expected letter counts."""
    weak = _WEAK.match(narrow(line).lstrip())
    return is_marked(line) or (bool(weak) and weak[1] == expected)


def is_marked(line: str) -> bool:
    """Whether the line begins with a letter that a mark sets off: `A.`, `B、`, `(C)`."""
    return bool(_STRONG.match(narrow(line).lstrip()))


def split_options(text: str) -> list[Option]:
    """The options of a text that begins with one."""
    folded = narrow(text)
    begin = len(folded) - len(folded.lstrip())
    marks = _marks(folded, begin, _STRONG, _GLUED) or _marks(folded, begin, _WEAK, _WEAK)
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    return [
        Option(letter, text[after:end].strip()) for (_, after, letter), end in zip(marks, ends, strict=True)
    ]


def split_tail(text: str, following: str = "") -> tuple[str, list[Option]]:
    """A stem with options on its line: (stem, options); none unless B follows A there or on the next line."""
    folded = narrow(text)
    for mark in _FIRST.finditer(folded):
        options = split_options(text[mark.start() :])
        letters = [option.letter for option in options[:2]]
        if letters == ["A", "B"] or (letters == ["A"] and starts_option(following, "B")):
            return text[: mark.start()].rstrip(), options
    return text, []


def _marks(
    folded: str, begin: int, first: re.Pattern[str], others: re.Pattern[str]
) -> list[tuple[int, int, str]]:
    """(start, end, letter) of each mark; a later one must come after a blank or carry the next letter."""
    found = first.match(folded, begin)
    marks: list[tuple[int, int, str]] = []
    while found:
        letter = next(group for group in found.groups() if group).upper()
        marks.append((found.start(), found.end(), letter))
        found = _next(folded, found.end(), letter, others)
    return marks


def _next(folded: str, begin: int, letter: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    for found in pattern.finditer(folded, begin):
        later = next(group for group in found.groups() if group).upper()
        ahead = LETTERS.index(later) - LETTERS.index(letter)
        apart = folded[found.start() - 1].isspace()
        if found.start() > begin and (ahead == 1 or (apart and 1 < ahead <= _GAP)):
            return found
    return None
