"""A law's text taken apart into its articles."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from catalog.citations.folding import fold
from catalog.numerals import chinese, value

_N = r"[0-9零〇一二两三四五六七八九十百千]+"
_MARKS = r"[ \t　>#*_]*"
_INLINE = rf"第\s?{_N}\s?条(?:之[一二三四五六七八九十]+)?[ 　]"
_START = re.compile(  # at the begin of a line, or behind a sentence with a gap after it
    rf"(?:^{_MARKS}|(?<=。)[ \t　]*(?={_INLINE}))"
    rf"第\s*(?P<number>{_N})\s*条(?:\s*之\s*(?P<inserted>[一二三四五六七八九十]+))?"
    rf"(?P<gap>[*_]*[\s　:：]*[*_]*)(?!第{_N}[款项目])(?=(?P<body>.*)$)",
    re.MULTILINE,
)
_GOES_ON = re.compile(r"[、，,和及或至到与的规所中之第。；]")
_HEADING = re.compile(rf"^{_MARKS}(?:第\s*{_N}\s*[编章节](?!第)|附\s*则\s*$).*$", re.MULTILINE)
_APPENDIX = re.compile(rf"^{_MARKS}(?:附件|附录|附表|附)\s*{_N}?\s*(?:[:：].*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """`number` as 第七条 or 第二十条之一; `text` without it, without headings, marks and spaces."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class _Start:
    order: tuple[int, int]
    number: str
    text_from: int
    line_from: int
    weight: int


def split_articles(text: str) -> list[Article]:
    """The articles in order; [] when no line of `text` begins with one.

    A table of contents and lines that only happen to begin with an article's number fall out: of all lines
    that could begin one, those are believed that form the longest rising row.
    """
    starts = _longest_rise(_candidates(fold(text)))
    if not starts:
        return []
    ends = [start.line_from for start in starts[1:]] + [len(text)]
    return [
        Article(start.number, _body(text[start.text_from : end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def _candidates(folded: str) -> list[_Start]:
    return [
        _Start(
            order=(int(value(match["number"])), int(value(match["inserted"] or ""))),
            number=_name(match),
            text_from=match.start("body"),
            line_from=match.start(),
            weight=2 if re.search("[。；：:]", match["body"]) else 1,
        )
        for match in _START.finditer(folded)
        if match["gap"] or not _GOES_ON.match(match["body"])
    ]


def _name(match: re.Match[str]) -> str:
    inserted = f"之{match['inserted']}" if match["inserted"] else ""
    return f"第{chinese(int(value(match['number'])))}条{inserted}"


def _longest_rise(starts: list[_Start]) -> list[_Start]:
    """The row of rising numbers that weighs most; an entry of a table of contents weighs half."""
    front: list[tuple[tuple[int, int], int, int]] = []  # order, weight, index of rows none of which is beaten
    before: list[int] = []
    for index, start in enumerate(starts):
        place = bisect_left(front, (start.order,))
        weight = start.weight + (front[place - 1][1] if place else 0)
        before.append(front[place - 1][2] if place else -1)
        beaten = place
        while beaten < len(front) and front[beaten][1] <= weight:
            beaten += 1
        if beaten > place or place == len(front) or front[place][0] > start.order:
            front[place:beaten] = [(start.order, weight, index)]
    row, last = [], front[-1][2] if front else -1
    while last >= 0:
        row.append(starts[last])
        last = before[last]
    return row[::-1]


def _body(text: str) -> str:
    appendix = _APPENDIX.search(text)
    text = _HEADING.sub("", text[: appendix.start()] if appendix else text)
    return re.sub(r"[\s　*_>#]+", "", text)
