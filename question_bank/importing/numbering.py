"""Banks that count their questions 1.1, 1.2, 2.1 （1）（2） or 1 2 instead of 1. 2.: numbers made plain."""

import re
from collections.abc import Sequence
from itertools import pairwise

from question_bank.importing.lines import KEY, Line, read_start
from question_bank.importing.options import starts_option
from question_bank.likeness.folding import narrow

_NESTED = re.compile(r"(?P<chapter>\d{1,3})\.(?P<number>\d{1,4})(?:\s+|[、.]\s*)(?=\D)")
_BRACKETED = re.compile(r"\((?P<number>\d{1,4})\)\s*(?=\S)")
_LOOSE = re.compile(r"(?P<number>\d{1,4})(?:\s+(?=\D)|(?=[\u4e00-\u9fff《“]))")
_LABELLED = re.compile(
    r"(?:(?:题干|题目|试题|问题|问)\s*(?P<number>\d{0,4})\s*:|[Qq]\s*(?P<asked>\d{1,4})\s*[:.、])\s*"
)
_MOSTLY, _RUN, _HEAD = 0.9, 3, 20  # the last in characters, more than any number takes

Found = list[tuple[int, re.Match[str]]]  # place of the line, its number


def with_plain_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    heads = [narrow(line.text.lstrip()[:_HEAD]) for line in lines]
    for pattern, counts in _FORMS:
        found = [(at, m) for at, head in enumerate(heads) if (m := pattern.match(head))]
        if len(found) > 1 and counts(found, lines):
            return _renumbered(lines, found)
    return lines


def _renumbered(lines: Sequence[Line], found: Found) -> Sequence[Line]:
    plain = list(lines)
    for place, (at, number) in enumerate(found, start=1):
        rest = lines[at].text.lstrip()[number.end() :]
        counted = number["number"] or (number.re is _LABELLED and number["asked"]) or place
        plain[at] = lines[at].saying(f"{counted}. {rest}")
    return plain


def _counts_by_chapter(found: Found, lines: Sequence[Line]) -> bool:
    """1.1, 1.2, 2.1: each follows the one before, or begins a further chapter."""
    numbers = [(int(m["chapter"]), int(m["number"])) for _, m in found]
    steps = [
        later == (chapter, number + 1) or (later[0] > chapter and later[1] == 1)
        for (chapter, number), later in pairwise(numbers)
    ]
    return numbers[0][1] == 1 and _mostly(steps)


def _counts_questions(found: Found, lines: Sequence[Line]) -> bool:
    """（1）（2）（3） with options or a key between them, where no question has a plain number."""
    ends = [at for at, _ in found[1:]] + [len(lines)]
    asked = [_is_question(lines[at + 1 : end]) for (at, _), end in zip(found, ends, strict=True)]
    return _counts_alone(found, lines) and _mostly(asked)


def _are_labels(found: Found, lines: Sequence[Line]) -> bool:
    """`题目：…`, `Q1：…` before questions with options or a key, and not once, as above a whole paper."""
    ends = [at for at, _ in found[1:]] + [len(lines)]
    return _mostly([_is_question(lines[at + 1 : end]) for (at, _), end in zip(found, ends, strict=True)])


def _counts_run(found: Found, lines: Sequence[Line]) -> bool:
    """`1 …`, `2 …`, `3 …` without any mark behind the number."""
    return len(found) >= _RUN and _counts_alone(found, lines)


def _counts_alone(found: Found, lines: Sequence[Line]) -> bool:
    """Whether the numbers count from 1, and no line has a plain number."""
    numbers = [int(m["number"]) for _, m in found]
    steps = [two in (one + 1, 1) for one, two in pairwise(numbers)]
    plain = any((start := read_start(line.text)) and start.firm and start.number for line in lines)
    return not plain and numbers[0] == 1 and _mostly(steps)


def _is_question(following: Sequence[Line]) -> bool:
    return any(starts_option(line.text, "A") or KEY.match(narrow(line.text)) for line in following[:8])


def _mostly(said: Sequence[bool]) -> bool:
    return sum(said) >= _MOSTLY * len(said)


_FORMS = (
    (_LABELLED, _are_labels),
    (_NESTED, _counts_by_chapter),
    (_BRACKETED, _counts_questions),
    (_LOOSE, _counts_run),
)
