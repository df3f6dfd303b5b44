"""Which sentences quote what a new text of a law changed: a term, a fine, a duty, an article's number."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from catalog.citations.folding import fold
from catalog.comparing.comparing import ArticleChange, Change
from catalog.comparing.numbers import words_of
from catalog.numerals import NUMERAL, value

RUN = 6  # words in a row that belong to an article
ABOUT = 7  # words of an article, in such runs and no formula, that make a text one about it
GONE = 8  # words in a row that stood in the old text and stand nowhere in the new
NEAR, TELLING = 5, 3  # words around a number, and how many of them must say what it counts
RANGE = 4  # 一万元以上五万元以下: two numbers that stand so in one article only
COMMON = 2  # what stands in more articles than these tells nothing
_NUMERAL = re.compile(f"{NUMERAL}[0-9.,]*(?:{NUMERAL})*")
_PUNCTUATION = re.compile(r"[\s，。；：、,.;:()（）“”\"]+")
# What every law says alike; each counts as one word.
_FORMULAS = re.compile(
    "对?(?:其|负有责任的)?直接负责的主管人员和其他直接责任人员|构成犯罪的?依(?:法|照刑法有关规定)追究刑事责任"
    "|构成违反治安管理行为的?(?:由公安机关)?依法给予(?:治安管理)?处罚|尚不构成犯罪的?|依法给予(?:行政)?处分"
    "|(?:责令|暂时)?停产停业(?:整顿)?|责令(?:立即|限期)?(?:改正|停止建设|消除)|(?:逾期|拒)不改正的?|情节严重的?"
    "|没收违法所得|违法所得|由?(?:国务院|县级以上|地方|各级)*人民政府(?:及其)?(?:有关部门)?|国务院有关部门"
    "|(?:国务院)?负?有?(?:危险化学品)?安全生产?监督管理(?:职责的)?部门|应急管理部门|公安机关|本行政区域内?的?"
    "|生产经营单位的?|主要负责人|从业人员|有关单位和个人|国家标准或者行业标准|法律行政法规的?规定"
    "|按照国家有关规定|有下列(?:情形|行为)之一的?|应当履行下列职责|安全生产规章制度和操作规程|规章制度"
    "|吊销(?:有关|其)?(?:许可证|营业执照|资格|证照)+|以上|以下|的?罚款|应当|或者|并处|可以处?"
)

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
        words = {number: _words(text) for number, text in olds.items()}
        new_words = {number: _words(text) for number, text in news.items()}
        self._of = _places(words)
        kept = {run for found in new_words.values() for run in _runs(found, GONE)}
        self._gone = {run for found in words.values() for run in _runs(found, GONE)} - kept
        self._numbers = {number: self._changed_numbers(number, words, new_words) for number in self.articles}
        self._near = self._windows(words)

    def quotes(self, text: str, cited: str = "") -> list[Quote]:
        """The changed articles that `text` quotes, or `cited` names, the weightiest first."""
        weights = dict.fromkeys(self._named(cited), 1)
        words = _words(text) if self._of else []
        for number in self._about(words):
            if number in self.articles:
                weights[number] = max(self._weight(number, words), weights.get(number, 0))
        for window in chain(_runs(words, NEAR), _runs(words, RANGE)):
            if window in self._near:
                weights[self._near[window]] = 3
        found = [Quote(number, self.became(number), weight) for number, weight in weights.items() if weight]
        return sorted(found, key=lambda quote: -quote.weight)

    def became(self, number: str) -> tuple[str, ...]:
        return tuple(change.new for change in self.articles.get(number, []) if change.new)

    def _about(self, words: list[str]) -> list[str]:
        """The old articles of which `words` repeat enough that few others say."""
        covered: dict[str, set[int]] = defaultdict(set)
        for at, run in enumerate(_runs(words, RUN)):
            for number in self._of.get(run, ()):
                covered[number].update(place for place in range(at, at + RUN) if _says(words[place]))
        return [number for number, places in covered.items() if len(places) >= ABOUT]

    def _weight(self, number: str, words: list[str]) -> int:
        if not self._numbers[number].isdisjoint(words):
            return 3
        if any(run in self._gone and self._stands_in(number, run) for run in _runs(words, GONE)):
            return 2
        return 0

    def _stands_in(self, number: str, run: Run) -> bool:
        return all(number in self._of.get(part, ()) for part in _runs(list(run), RUN))

    def _changed_numbers(
        self, number: str, words: Mapping[str, list[str]], new_words: Mapping[str, list[str]]
    ) -> set[str]:
        """The numbers of an old article that its successors do not have."""
        still = set(chain.from_iterable(new_words.get(new, ()) for new in self.became(number)))
        changed = {_canonical(each.old) for change in self.articles[number] for each in change.numbers}
        return {word for word in words.get(number, ()) if _is_number(word)} & (
            changed | (set(words.get(number, ())) - still)
        )

    def _windows(self, words: Mapping[str, list[str]]) -> dict[Run, str]:
        """The surroundings of changed numbers that tell the article, for texts that quote no more."""
        found: dict[Run, set[str]] = defaultdict(set)
        for number, of in words.items():
            for window in chain(_runs(of, NEAR), _runs(of, RANGE)):
                found[window].add(number)
        return {
            window: next(iter(numbers))
            for window, numbers in found.items()
            if len(numbers) == 1 and self._tells(window, self._numbers.get(next(iter(numbers)), set()))
        }

    def _tells(self, window: Run, changed: set[str]) -> bool:
        times = sum(word in changed for word in window)
        if len(window) == RANGE:
            return times > 0 and sum(map(_is_number, window)) > 1
        return times > 0 and sum(map(_says, window)) >= TELLING

    def _named(self, cited: str) -> list[str]:
        return [
            number for number in re.findall(r"第[^第、至条]+条(?:之.)?", cited) if number in self.articles
        ]


def _places(words: Mapping[str, list[str]]) -> dict[Run, tuple[str, ...]]:
    """The articles in which each run of words stands; common ones are left out."""
    found: dict[Run, set[str]] = defaultdict(set)
    for number, of in words.items():
        for run in _runs(of, RUN):
            found[run].add(number)
    return {run: tuple(numbers) for run, numbers in found.items() if len(numbers) <= COMMON}


def _words(text: str) -> list[str]:
    """Without punctuation, numbers worth the same written the same (三十日 and 30日), formulas in one."""
    bare, words, position = _PUNCTUATION.sub("", fold(text)), [], 0
    for formula in _FORMULAS.finditer(bare):
        words += _plain(bare[position : formula.start()])
        words.append(formula[0])
        position = formula.end()
    return [*words, *_plain(bare[position:])]


def _plain(bare: str) -> list[str]:
    return [_canonical(word.text) if word.is_number else word.text for word in words_of(bare)]


def _says(word: str) -> bool:
    """Whether a word is neither a formula nor a number nor filling."""
    return len(word) == 1 and word not in "处并的在内由"


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word.startswith(("百分之", "千分之"))


def _canonical(number: str) -> str:
    return _NUMERAL.sub(lambda match: f"{value(match[0]).normalize():f}", number)


def _runs(words: list[str], length: int) -> Iterator[Run]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
