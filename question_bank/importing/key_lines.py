"""Lines that give several keys by number: `1-5 ABCDA`, `1.A 2.BC 3.√`, `答案：1~3：ABC 4、D`."""

import re
from collections.abc import Iterator, Sequence

from question_bank.importing.keys import TRUTH
from question_bank.importing.lines import KEY, KEY_NAME, TYPE_WORD, Line, read_start
from question_bank.likeness.folding import narrow

_WORDS = "|".join(sorted((re.escape(word) for word in TRUTH if not word.isascii()), key=len, reverse=True))
_WORD = rf"(?:[A-Z]{{1,10}}|[a-h]{{1,8}}|[tf]|{_WORDS})(?![A-Za-z])"
_GAP = r"[\s,;、。]*"
_RANGE = re.compile(
    rf"(\d+)\s*[-—–~至到]+\s*(\d+)\s*题?\s*[:.、)]?\s*((?:{_WORD}|[A-Za-z]|[\s,、])+?)(?={_GAP}(?:\d|$))"
)
_LETTERS = r"[A-H](?:[、,][A-H])+(?![A-Za-z])"
_PAIR = re.compile(rf"\(?(\d+)\s*[.、:)]*\s*(?:({_LETTERS}|{_WORD})(?=\s|$|[,;。、(\d])|\(\s*({_WORD})\s*\))")
_ATOM = re.compile(rf"[A-Za-z]|{_WORDS}")
_HEADING = re.compile(
    rf"(?:[一二三四五六七八九十]+\s*[、.]\s*)?({TYPE_WORD}题?)?\s*(?:\([^)]*\))?\s*(?:答案)?\s*[:]?\s*(?=\d)"
)

_NUMBERS = ("题号", "序号")

Keys = list[tuple[int, str]]


def read_keys(text: str) -> Keys:
    """(number, key) of each, when the whole line is made of them; else nothing."""
    folded = narrow(text).strip()
    if named := KEY.match(folded):
        folded = folded[named.end() :]
    return _all(folded)


def read_headed_keys(text: str) -> tuple[str, Keys] | None:
    """`一、选择题：1.A 2.B`: the type it names (may be empty) and the keys."""
    folded = narrow(text).strip()
    heading = _HEADING.match(folded)
    if not heading or not heading.end():
        return None
    keys = _all(folded[heading.end() :])
    return (heading[1] or "", keys) if keys else None


def with_keys_by_number(lines: Sequence[Line]) -> Iterator[Line]:
    """`题号 1 2 3` above `答案 A B C` as `1.A 2.B 3.C`."""
    skipped = -1
    for at, line in enumerate(lines):
        keys = _side_by_side(line.text, lines[at + 1].text) if at + 1 < len(lines) else ""
        if at != skipped:
            yield line.saying(keys) if keys else line
        skipped = at + 1 if keys else skipped


def _side_by_side(above: str, below: str) -> str:
    if not above.lstrip(" |").startswith(_NUMBERS):
        return ""
    numbers, keys = (
        re.split(r"[\s|]+", narrow(above).strip(" |")),
        re.split(r"[\s|]+", narrow(below).strip(" |")),
    )
    if len(numbers) != len(keys) or numbers[0] not in _NUMBERS or not KEY_NAME.fullmatch(keys[0]):
        return ""
    pairs = list(zip(numbers[1:], keys[1:], strict=True))
    fit = all(number.isdecimal() and re.fullmatch(_WORD, key) for number, key in pairs)
    return " ".join(f"{number}.{key}" for number, key in pairs) if pairs and fit else ""


def is_list(text: str) -> bool:
    """Whether a line can only be a list of keys: a range, or three of them, or two after 答案."""
    keys = read_keys(text)
    named = bool(KEY.match(narrow(text).strip()))
    return len(keys) > 2 or (len(keys) > 1 and (named or not read_start(text)))


def _all(folded: str) -> Keys:
    at, found = 0, Keys()
    while at < len(folded):
        piece = _RANGE.match(folded, at) or _PAIR.match(folded, at)
        if not piece:
            return Keys()
        keys = list(_ranged(piece)) if piece.re is _RANGE else [(int(piece[1]), piece[2] or piece[3])]
        if not keys:
            return Keys()
        found += keys
        at = re.compile(_GAP).match(folded, piece.end()).end()
    return found


def _ranged(found: re.Match[str]) -> Iterator[tuple[int, str]]:
    """A key for each number, when there are exactly as many: `1-5 ABCDA`, `1-3: AB C D`, `1-3 √×√`."""
    first, last = int(found[1]), int(found[2])
    words = re.split(r"[\s,、]+", found[3].strip(" ,、"))
    keys = words if len(words) == last - first + 1 else _ATOM.findall(found[3])
    if len(keys) == last - first + 1:
        yield from zip(range(first, last + 1), keys, strict=True)
