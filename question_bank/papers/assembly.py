"""Papers from a blueprint. Pure: candidates in, forms out; the same seed gives the same forms.

Quotas overlap (ten single choices, five of them on first aid), so that taking them one after the other may
end without what a later one needs. Integer programming (HiGHS) gives each question to one quota at most.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from question_bank.papers.blueprints import Plan, Quota


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be taken; `used` is the number of papers in which it stands already."""

    id: int
    type: str
    difficulty: int | None
    knowledge_points: frozenset[str]
    used: int = 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quota that cannot be met: over all forms it needs `needed`, and `lacking` of them cannot be had."""

    quota: Quota
    needed: int
    lacking: int

    def __str__(self) -> str:
        return f"{self.quota}：需要 {self.needed} 道，还差 {self.lacking} 道"


@dataclass(frozen=True, slots=True)
class Assembly:
    """`forms` are ids in printed order; empty when there are shortfalls."""

    forms: list[list[int]]
    shortfalls: list[Shortfall]


def assemble(plan: Plan, candidates: Iterable[Candidate], *, forms: int = 1, seed: int = 0) -> Assembly:
    """Fill `forms` papers that share no question, the least used questions first, ties by `seed`."""
    needed = [quota.count * forms for quota in plan.quotas]
    sample = _sample(plan.quotas, needed, candidates, Random(seed))  # noqa: S311 - repeatable, not secret
    taken, lacking = _allot(needed, sample)
    shortfalls = [
        Shortfall(quota, count, missing)
        for quota, count, missing in zip(plan.quotas, needed, lacking, strict=True)
        if missing
    ]
    if shortfalls:
        return Assembly([], shortfalls)
    return Assembly(_deal(plan.quotas, taken, forms, Random(f"{seed} forms")), [])  # noqa: S311


@dataclass(frozen=True, slots=True)
class _Choice:
    candidate: Candidate
    quotas: tuple[int, ...]
    cost: float


def _sample(
    quotas: Sequence[Quota], needed: Sequence[int], candidates: Iterable[Candidate], random: Random
) -> list[_Choice]:
    """Of the questions that fit the same quotas no more than these could ever take: those to be preferred.

    So the problem grows with the paper, not with the bank.
    """
    alike: dict[tuple[int, ...], list[tuple[int, float, Candidate]]] = defaultdict(list)
    fitting: dict[tuple, tuple[int, ...]] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.id):
        kind = (candidate.type, candidate.difficulty, candidate.knowledge_points)
        if kind not in fitting:
            fitting[kind] = tuple(place for place, quota in enumerate(quotas) if _fits(candidate, quota))
        alike[fitting[kind]].append((candidate.used, random.random(), candidate))
    alike.pop((), None)
    return [
        _Choice(candidate, places, used + chance / (sum(needed) + 1))
        for places, group in alike.items()
        for used, chance, candidate in _first(group, sum(needed[place] for place in places))
    ]


def _first(group: list[tuple[int, float, Candidate]], most: int) -> list[tuple[int, float, Candidate]]:
    return sorted(group, key=lambda choice: choice[:2])[:most]


def _fits(candidate: Candidate, quota: Quota) -> bool:
    return (
        candidate.type == quota.type
        and quota.difficulty in (None, candidate.difficulty)
        and (quota.knowledge_point is None or quota.knowledge_point in candidate.knowledge_points)
    )


def _allot(needed: Sequence[int], sample: Sequence[_Choice]) -> tuple[list[list[Candidate]], list[int]]:
    from question_bank.papers.allotting import allot  # loads the solver

    taken, lacking = allot(needed, [choice.quotas for choice in sample], [choice.cost for choice in sample])
    return [[sample[row].candidate for row in rows] for rows in taken], lacking


def _deal(
    quotas: Sequence[Quota], taken: Sequence[Sequence[Candidate]], forms: int, random: Random
) -> list[list[int]]:
    """Each quota's questions dealt out so that no form is harder, then each form's in order of type."""
    dealt: list[list[Candidate]] = [[] for _ in range(forms)]
    for quota, questions in zip(quotas, taken, strict=True):
        cards = sorted(questions, key=lambda question: question.id)
        random.shuffle(cards)
        cards.sort(key=lambda question: question.difficulty or 0)
        for turn in range(quota.count):
            seats = random.sample(range(forms), forms)
            for seat, card in zip(seats, cards[turn * forms :], strict=False):
                dealt[seat].append(card)
    types = list(dict.fromkeys(quota.type for quota in quotas))
    return [_printed(form, types, random) for form in dealt]


def _printed(form: list[Candidate], types: list[str], random: Random) -> list[int]:
    random.shuffle(form)
    return [question.id for question in sorted(form, key=lambda question: types.index(question.type))]
