"""Questions that share a line with the one before: `1. 先断电。（√） 2. 带电作业。（×）`."""

import re
from collections.abc import Iterator, Sequence

from question_bank.importing.key_lines import read_keys
from question_bank.importing.lines import EXPLANATION, Line, read_start
from question_bank.likeness.folding import narrow

_MANY = re.compile(r"(?<=.)\d\s?[.、．]")
_FURTHER = re.compile(
    r"[\s)。](\d{1,5})\s?[.、](?!\d)[^\n]{0,200}?(?:\(\s*(?:[A-H]{1,6}|[√×✓对错]|正确)\s*\)|\bA\s?[.、])"
)


def begin_of(number: int, text: str) -> int | None:
    """Where question `number` begins within a text, with a key or an option behind it."""
    if not _MANY.search(text):  # no number within the line; most have none
        return None
    found = next((m for m in _FURTHER.finditer(narrow(text)) if int(m[1]) == number), None)
    return found.start(1) if found else None


def apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, cut where the next number has a question of its own and no line begins with it."""
    starts = [read_start(line.text) for line in lines]
    numbers = [start.number if start and start.firm else 0 for start in starts]
    after = _numbers_after(numbers)
    last = 0
    for line, number, following in zip(lines, numbers, after, strict=True):
        last = number or last
        while following != last + 1 and (begin := begin_of(last + 1, line.text)) and _asks(line):
            yield line.saying(line.text[:begin].rstrip())
            line, last = line.saying(line.text[begin:]), last + 1
        yield line


def _asks(line: Line) -> bool:
    """Whether a question may begin within the line: not in a list of keys, nor in an explanation."""
    return not read_keys(line.text) and not EXPLANATION.match(narrow(line.text))


def _numbers_after(numbers: Sequence[int]) -> list[int]:
    """The number of the next numbered line behind each; 0 behind the last."""
    after, following = [], 0
    for number in reversed(numbers):
        after.append(following)
        following = number or following
    return after[::-1]
