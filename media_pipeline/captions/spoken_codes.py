"""Codes of standards as they are heard, written as they are printed: for finding them, never for showing.

Only what stands behind GB, AQ or 国标 is touched: a normaliser that reads every number ruined the text
(1氧化碳, GB3087 12022).
"""

import re
from itertools import chain

from catalog.numerals import digits

_DIGIT = "0-9零〇一二三四五六七八九幺"
_HEARD = re.compile(
    rf"(?<![A-Za-z])(?P<body>[Gg]\s?[Bb]|[Aa]\s?[Qq]|国标|国家标准)(?P<slash>\s?(?:/|斜杠|杠)?\s?[Tt](?=[\s{_DIGIT}]))?"
    rf"(?P<number>\s?[{_DIGIT}](?:[\s点.,，、]?[{_DIGIT}]){{2,8}})"
    rf"(?P<year>\s?(?:杠|横杠|[-—–])\s?[{_DIGIT}](?:\s?[{_DIGIT}]){{3}})?"
)


def as_printed(text: str) -> tuple[str, list[int]]:
    """`text` with spoken codes in print (GB三零八七一 → GB 30871), and for each character where it was."""
    parts: list[tuple[str, range | list[int]]] = []
    at = 0
    for heard in _HEARD.finditer(text):
        written = _code(heard)
        parts += [
            (text[at : heard.start()], range(at, heard.start())),
            (written, _spread(heard.start(), heard.end(), len(written))),
        ]
        at = heard.end()
    parts.append((text[at:], range(at, len(text))))
    return "".join(part for part, _ in parts), list(chain.from_iterable(places for _, places in parts))


def _code(heard: re.Match[str]) -> str:
    body = re.sub(r"\s", "", heard["body"]).upper()
    number = re.sub(r"[\s,，、]", "", digits(heard["number"])).replace("点", ".")
    year = re.sub(r"\D", "", digits(heard["year"] or ""))
    return f"{body}{'/T' if heard['slash'] else ''} {number}{f'-{year}' if year else ''}"


def _spread(start: int, end: int, count: int) -> list[int]:
    """Places for `count` characters over the span they were read from, its first and last among them."""
    return [start + (end - 1 - start) * number // max(count - 1, 1) for number in range(count)]
