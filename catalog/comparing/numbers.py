"""Which numbers of an article changed: terms, amounts, shares, counts, dates."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel

from catalog.numerals import value

CONTEXT = 3  # a number counts as changed when it stands in a run of so many characters that stayed

_N = r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+)[百千万亿]*"
_KINDS = {
    "reference": rf"第{_N}(?:[条款项目章节编](?:之[一二三四五六七八九十]+)?)",
    "date": rf"{_N}年{_N}月(?:{_N}日)?|{_N}月{_N}日",
    "share": rf"百分之{_N}|千分之{_N}|{_N}(?:%|‰)|{_N}分之{_N}",
    "money": rf"{_N}元",
    "time": rf"{_N}(?:个月|个?工作日|个?小时|分钟|周岁|[年月日天周岁])",
    "amount": rf"{_N}(?:倍|学时|立方米|平方米|公里|千米|毫米|厘米|千克|公斤|千伏|[米吨克升人次名台户级个度])",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>(?<!第){form})" for kind, form in _KINDS.items()) + "|.", re.DOTALL)


class ChangedNumber(NamedTuple):
    old: str
    new: str


class _Token(NamedTuple):
    key: str  # the kind of a number, else the character
    printed: str

    def says_the_same(self, other: "_Token") -> bool:
        if self.printed == other.printed:
            return True
        mine, others = (re.findall(_N, token.printed) for token in (self, other))
        units = {re.sub(_N, "", token.printed) for token in (self, other)}
        return len(units) == 1 and list(map(value, mine)) == list(map(value, others))


class Word(NamedTuple):
    """A number with its unit, else one character."""

    text: str
    is_number: bool


def words_of(text: str) -> list[Word]:
    """`text` with its numbers in one piece: 处, 五万元, 以, 下."""
    return [Word(token.printed, len(token.key) > 1) for token in _tokens(text)]


def changed_numbers(old: str, new: str) -> list[ChangedNumber]:
    """Numbers that stand in the same place but are worth something else, each change once, in order.

    Articles quoted in the text (第七条) only count when nothing else changed.
    """
    pairs = list(_same_place(_tokens(old), _tokens(new)))
    changed = [pair for pair in pairs if pair[0].key != "reference"]
    if not changed and _without_references(old) == _without_references(new):
        changed = pairs
    return list(dict.fromkeys(ChangedNumber(mine.printed, others.printed) for mine, others in changed))


def _same_place(old: list[_Token], new: list[_Token]) -> Iterator[tuple[_Token, _Token]]:
    keys = [token.key for token in old], [token.key for token in new]
    for block in Indel.opcodes(*keys).as_matching_blocks():
        if block.size < min(CONTEXT, len(old), len(new)):
            continue
        for offset in range(block.size):
            mine, others = old[block.a + offset], new[block.b + offset]
            if len(mine.key) > 1 and not mine.says_the_same(others):
                yield mine, others


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.lastgroup or match[0], match[0]) for match in _TOKEN.finditer(text)]


def _without_references(text: str) -> str:
    return re.sub(_KINDS["reference"], "", text)
