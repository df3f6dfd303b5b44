"""Which entry of the register a citation means: by title, alias, number or code, whatever its prefix is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from catalog.citations.citation import Citation
from catalog.citations.folding import fold
from catalog.citations.register import short_title
from catalog.citations.standards import find_standards
from catalog.numerals import value

type Key = tuple[str, ...]

# What one body's orders are called under; the present name first, then those of its forerunners.
_ISSUERS = {
    "主席": "主席",
    "国务院": "国务院",
    "应急": "应急管理部|应急部",
    "安监": "安全生产监督管理总局|安全监管总局|安监总局|总局",
}
_MOVED = {"GA": "XF", "GBJ": "GB"}  # GA 1131 became XF 1131 in 2020; the letters of fire standards changed
_ORDER = re.compile(
    r"(?P<before>.*?)(?:令|号令)?\(?第?(?P<number>[0-9零〇一二两三四五六七八九十百]+)号(?:令)?\)?$"
)
_DOCUMENT = re.compile(r"(?P<agency>[^\[(]*?)[\[(](?P<year>\d{4})[\])]第?(?P<number>\d+)号")
_NOISE = re.compile(r"[\s《》〈〉“”\"·:：,，、—\-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One version as the register knows it; `names` are the titles and aliases of its instrument."""

    instrument: int
    version: int
    names: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`version` only when the words name it by year or number."""

    instrument: int
    version: int | None = None


@dataclass(slots=True)
class Register:
    """Looks citations up. A key that means two instruments means none."""

    titles: frozenset[str] = frozenset()
    _by_name: dict[Key, set[int]] = field(default_factory=dict)
    _by_number: dict[Key, set[tuple[int, int | None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Register":
        register = cls()
        names = set()
        for entry in entries:
            names |= {short_title(name) for name in entry.names}
            for name in entry.names:
                register._by_name.setdefault((_plain(name),), set()).add(entry.instrument)
                for key in _number_keys(name):
                    register._by_number.setdefault(key, set()).add((entry.instrument, None))
            for key in _number_keys(entry.number):
                register._by_number.setdefault(key, set()).add((entry.instrument, entry.version))
        register.titles = frozenset(names)
        return register

    def match(self, citation: Citation) -> Match | None:
        """The entry that `citation` means; a number printed with it decides before the title."""
        for printed in filter(None, (_code(citation), citation.number)):
            for key in _number_keys(printed):
                if found := self._numbered(key):
                    return found
        named = self._by_name.get((_plain(citation.title or ""),), set())
        return Match(next(iter(named))) if len(named) == 1 else None

    def _numbered(self, key: Key) -> Match | None:
        found = self._by_number.get(key, set())
        if len({instrument for instrument, _ in found}) != 1:
            return None
        versions = {version for _, version in found}
        names_one = len(versions) == 1 and (key[0] != "standard" or key[3])
        return Match(next(iter(found))[0], versions.pop() if names_one else None)


def _code(citation: Citation) -> str:
    if not citation.code:
        return ""
    return f"{citation.code}-{citation.year}" if citation.year else citation.code


def _plain(title: str) -> str:
    return _NOISE.sub("", fold(short_title(title).removeprefix("新").removeprefix("原")))


def _number_keys(printed: str) -> Iterator[Key]:
    """From the most exact to the loosest: with its year, then without; with its issuer, then without."""
    folded = fold(printed)
    standard = next(iter(find_standards(printed, folded)), None)
    if standard and standard.code:
        letters, number = standard.code.split(" ", 1)
        letters = letters.removesuffix("/T")
        letters = _MOVED.get(letters, letters)
        if standard.year:
            yield "standard", letters, number, str(standard.year)
        yield "standard", letters, number, ""
        return
    compact = re.sub(r"\s", "", folded)
    if document := _DOCUMENT.search(compact):
        yield "document", document["agency"][-6:], document["year"], document["number"]
    elif order := _ORDER.match(re.sub(r"\([^()]*修[^()]*\)$", "", compact)):
        number = str(int(value(order["number"])))
        if issuer := _issuer(order["before"]):
            yield "order", issuer, number
        elif not order["before"]:
            yield "order", "", number


def _issuer(words: str) -> str:
    bare = words.removesuffix("令")
    return next((key for key, names in _ISSUERS.items() if re.search(f"(?:{names})$", bare)), bare)
