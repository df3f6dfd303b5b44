"""Options numbered ①②③ or (1)(2)(3), where the key below names them so: lettered like any others."""

import re
from collections.abc import Sequence

from question_bank.content import LETTERS
from question_bank.importing.keys import CIRCLES
from question_bank.importing.lines import KEY, Line
from question_bank.likeness.folding import narrow

_CIRCLED, _BRACKETED = rf"[{CIRCLES}]", r"\((?:1[0-2]|[1-9])\)"
_ANY = re.compile(rf"[{CIRCLES}]|[(（]\s*\d")
_ITEMS = {
    kind: (re.compile(rf"{mark}(?:[\s,、]*{mark})*[。.]?\s*$"), re.compile(mark))
    for kind, mark in (("circled", _CIRCLED), ("bracketed", _BRACKETED))
}


def with_letters_for_series(lines: Sequence[Line]) -> list[Line]:
    done = list(lines)
    for at, line in enumerate(lines):
        called = KEY.match(narrow(line.text)) if _ANY.search(line.text) else None
        key = narrow(line.text)[called.end() :] if called else ""
        for whole, mark in _ITEMS.values():
            if whole.match(key):
                _letter(done, at, key, mark)
    return done


def _letter(lines: list[Line], at: int, key: str, mark: re.Pattern[str]) -> None:
    """Letters for the items above the key and in it, when the items count from 1 and the key names some."""
    begin = at
    while begin and mark.match(narrow(lines[begin - 1].text).lstrip()):
        begin -= 1
    numbers = [_number(m) for line in lines[begin:at] for m in mark.findall(narrow(line.text))]
    named = [_number(m) for m in mark.findall(key)]
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < 2 or max(named) > len(numbers):
        return
    for place in range(begin, at):
        text = lines[place].text
        for found in reversed(list(mark.finditer(narrow(text)))):
            text = f"{text[: found.start()]}{LETTERS[_number(found[0]) - 1]}. {text[found.end() :].lstrip()}"
        lines[place] = lines[place].saying(text)
    lines[at] = lines[at].saying(f"答案：{''.join(LETTERS[number - 1] for number in sorted(named))}")


def _number(mark: str) -> int:
    return CIRCLES.index(mark) + 1 if mark in CIRCLES else int(mark.strip("()"))
