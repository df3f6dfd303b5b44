"""Which sentences quote what a new text of a law changed: a term, a fine, a duty, an article's number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.citations.folding import fold
from catalog.comparing.comparing import ArticleChange, Change
from catalog.comparing.numbers import words_of
from catalog.numerals import NUMERAL, value

RUN = 8  # words in a row that stood in the old text and stand nowhere in the new
NEAR = 2  # words on each side of a number that tell what it counts
_NUMERAL = re.compile(f"{NUMERAL}[0-9.,]*(?:{NUMERAL})*")
_PUNCTUATION = re.compile(r"[\s，。；：、,.;:()（）“”\"]+")

type Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """`old` and `new` are articles; `weight` orders: 3 a number that changed, 2 words, 1 only the article."""

    old: str
    new: tuple[str, ...]
    weight: int


class ChangedLaw:
    """Finds in any text what of the old law it repeats that the new one says differently."""

    def __init__(
        self, changes: Sequence[ArticleChange], olds: Mapping[str, str], news: Mapping[str, str]
    ) -> None:
        self.olds, self.news = olds, news
        self.articles: dict[str, list[ArticleChange]] = {}
        for change in changes:
            if change.old and change.change is not Change.SAME:
                self.articles.setdefault(change.old, []).append(change)
        kept = {run for text in news.values() for run in _runs(_words(text))}
        self._gone: dict[Run, tuple[str, int]] = {}
        for number, found in self.articles.items():
            if any(change.change is not Change.RENUMBERED for change in found):
                for run, weight in _weighed(_words(olds.get(number, ""))):
                    if run not in kept:
                        self._gone.setdefault(run, (number, weight))
        self._begins = {run[0] for run in self._gone}

    def quotes(self, text: str, cited: str = "") -> list[Quote]:
        """The changed articles that `text` quotes, or `cited` names, the weightiest first."""
        weights: dict[str, int] = {}
        for number in self._named(cited):
            weights[number] = 1
        words = _words(text) if self._gone else []
        for run in _runs(words) if not self._begins.isdisjoint(words) else ():
            if run in self._gone:
                number, weight = self._gone[run]
                weights[number] = max(weight, weights.get(number, 0))
        found = [Quote(number, self.became(number), weight) for number, weight in weights.items()]
        return sorted(found, key=lambda quote: -quote.weight)

    def became(self, number: str) -> tuple[str, ...]:
        return tuple(change.new for change in self.articles.get(number, []) if change.new)

    def _named(self, cited: str) -> list[str]:
        return [
            number for number in re.findall(r"第[^第、至条]+条(?:之.)?", cited) if number in self.articles
        ]


def _words(text: str) -> list[str]:
    """Without punctuation, numbers worth the same written the same: 三十日 and 30日."""
    bare = _PUNCTUATION.sub("", fold(text))
    return [_canonical(word.text) if word.is_number else word.text for word in words_of(bare)]


def _canonical(number: str) -> str:
    return _NUMERAL.sub(lambda match: f"{value(match[0]).normalize():f}", number)


def _runs(words: list[str]) -> list[Run]:
    return [run for run, _ in _weighed(words)]


def _weighed(words: list[str]) -> list[tuple[Run, int]]:
    """Every run of words, and every number with its neighbours."""
    runs = [(tuple(words[at : at + RUN]), 2) for at in range(len(words) - RUN + 1)]
    for at, word in enumerate(words):
        if len(word) > 1:
            runs.append((tuple(words[max(0, at - NEAR) : at + 1]), 3))
            runs.append((tuple(words[at : at + NEAR + 1]), 3))
    return runs
