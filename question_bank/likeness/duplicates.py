"""Pairs of questions that should not both stand as they are. Pure: entries in, pairs out.

Near pairs are only shown: 不, 无, 非 or another number makes another question (of 14,919 real ones 29 groups
differ in nothing else). Candidates share rare trigrams, so that 100,000 stems need no 5 billion comparisons.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from question_bank.content import Content, QuestionType
from question_bank.likeness.folding import fold
from question_bank.likeness.identity import bare, key_of

NEAR = 85  # of 100, ours: below it pairs of real banks were different questions
_NUMBERS = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万两半]+")
_NEGATIONS = re.compile("[不无非未没勿免]|禁止|严禁")
_RARE = 6  # trigrams a stem is looked up by
_CROWD = 60  # questions under one trigram: more make it no clue
_SHARED = 2  # trigrams two stems must have in common


class PairKind(StrEnum):
    SAME = "same"
    NEAR = "near"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids in rising order; `score` is how alike the stems are, of 100."""

    first: int
    second: int
    kind: PairKind
    score: int


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    stem: str
    content: Content


def means_otherwise(first: str, second: str) -> bool:
    """Whether two texts differ by a number or a negation, however alike they look."""
    return any(
        Counter(mark.findall(fold(first))) != Counter(mark.findall(fold(second)))
        for mark in (_NUMBERS, _NEGATIONS)
    )


def contradict(first: Content, second: Content) -> bool:
    """Whether under one stem the same statement is right here and wrong there."""
    if bare(first.stem) != bare(second.stem) or first.images != second.images:
        return False
    if QuestionType.TRUE_FALSE in (first.type, second.type):
        return first.type == second.type and first.answer != second.answer
    common = set(map(fold, first.options)) & set(map(fold, second.options))
    return bool(common & (key_of(first) ^ key_of(second)))


def find_pairs(entries: Iterable[tuple[int, Content]]) -> list[Pair]:
    """Contradictions, copies and near pairs among questions of (id, content).

    Of more than `_CROWD` questions with one and the same stem only the first ones are compared.
    """
    known = [_Known(id, bare(content.stem), content) for id, content in entries]
    pairs = [pair for one, two in _candidates(known) if (pair := _judge(one, two))]
    return sorted(pairs, key=lambda pair: (pair.kind != PairKind.CONTRADICTION, -pair.score, pair.first))


def _judge(one: _Known, two: _Known) -> Pair | None:
    first, second = sorted((one, two), key=lambda known: known.id)
    if contradict(first.content, second.content):
        return Pair(first.id, second.id, PairKind.CONTRADICTION, 100)
    if first.content.type != second.content.type or first.content.images != second.content.images:
        return None
    score = fuzz.ratio(first.stem, second.stem, score_cutoff=NEAR)
    if not score or means_otherwise(first.stem, second.stem):
        return None
    return _alike(first, second, int(score))


def _alike(first: _Known, second: _Known, score: int) -> Pair | None:
    """Two stems that are alike make a pair when the options are too."""
    ours, theirs = ("|".join(sorted(map(fold, known.content.options))) for known in (first, second))
    alike = fuzz.ratio(ours, theirs) if ours or theirs else 100
    if score == alike == 100 and first.stem == second.stem:
        return Pair(first.id, second.id, PairKind.SAME, 100)
    if alike < NEAR or means_otherwise(ours, theirs):
        return None
    return Pair(first.id, second.id, PairKind.NEAR, score)


def _candidates(known: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Pairs worth comparing, each once: equal stems, and stems with rare trigrams in common."""
    equal: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        equal[one.stem].append(at)
    pairs = {pair for group in equal.values() for pair in combinations(group[:_CROWD], 2)}
    shared: Counter[tuple[int, int]] = Counter()
    for group in _blocks([group[0] for group in equal.values()], known).values():
        if len(group) <= _CROWD:
            shared.update(combinations(group, 2))
    pairs |= {pair for pair, count in shared.items() if count >= _SHARED}
    for one, two in sorted(pairs):
        yield known[one], known[two]


def _blocks(places: Sequence[int], known: Sequence[_Known]) -> dict[str, list[int]]:
    """Which stems are looked up under which trigram: their rarest that others have too."""
    often = Counter(gram for at in places for gram in _trigrams(known[at].stem))
    blocks: dict[str, list[int]] = defaultdict(list)
    for at in places:
        grams = sorted((often[gram], gram) for gram in _trigrams(known[at].stem) if often[gram] > 1)
        for _, gram in grams[:_RARE]:
            blocks[gram].append(at)
    return blocks


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(max(1, len(text) - 2))}
