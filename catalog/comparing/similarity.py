"""How alike two articles are."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

type Vector = dict[str, float]


class Similarity:
    """`rows[i][j]`, 0..1, tells how alike article i of the old text is to article j of the new.

    It is the mean of the cosine between their pairs of neighbouring characters, where a pair counts the less
    the more articles have it (idf; Salton and Buckley 1988), and of the share of characters they have in the
    same order (1 − indel distance ÷ both lengths): the one knows the subject, the other the wording.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._rarity = _rarity([*old, *new])
        vectors = [self._vector(text) for text in new]
        self.rows = [
            [
                (_cosine(vector, other) + Indel.normalized_similarity(text, other_text)) / 2
                for other, other_text in zip(vectors, new, strict=True)
            ]
            for vector, text in ((self._vector(text), text) for text in old)
        ]

    def share(self, part: str, *wholes: str) -> float:
        """Which share of `part` stands in `wholes`, 0..1."""
        pairs = _pairs(part)
        known = set().union(*map(_pairs, wholes))
        weights = {pair: count * self._rarity[pair] for pair, count in pairs.items()}
        return sum(weights[pair] for pair in weights.keys() & known) / sum(weights.values())

    def weights(self, text: str) -> list[float]:
        """What each character of `text` counts, by how rare it is with the one after it."""
        return [self._rarity.get(a + b, 1.0) for a, b in pairwise(text)] + [1.0]

    def _vector(self, text: str) -> Vector:
        raw = {pair: (1 + math.log(count)) * self._rarity[pair] for pair, count in _pairs(text).items()}
        length = math.hypot(*raw.values())
        return {pair: weight / length for pair, weight in raw.items()}


@lru_cache(maxsize=2048)
def _pairs(text: str) -> Counter[str]:
    """The neighbouring pairs of characters; shorter texts stand for themselves."""
    return Counter(a + b for a, b in pairwise(text)) or Counter([text])


def _rarity(texts: Sequence[str]) -> Vector:
    having = Counter(pair for text in texts for pair in _pairs(text))
    return {pair: 1 + math.log(len(texts) / count) for pair, count in having.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return sum(one[pair] * other[pair] for pair in one.keys() & other.keys())
