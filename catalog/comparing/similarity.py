"""How alike two articles are."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

STRANGE = 0.06  # texts with less in common are not compared word by word

type Vector = dict[str, float]


class Similarity:
    """`rows[i][j]`, 0..1, tells how alike article i of the old text is to article j of the new.

    It is the mean of the cosine between their pairs of neighbouring characters, where a pair counts the less
    the more articles have it (idf; Salton and Buckley 1988), and of the share of characters they have in the
    same order (1 − indel distance ÷ both lengths): the one knows the subject, the other the wording.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._rarity = _rarity([*old, *new])
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, text in enumerate(new):
            for pair, weight in self._vector(text).items():
                postings[pair].append((index, weight))
        self.rows = [
            [
                (cosine + Indel.normalized_similarity(text, other)) / 2 if cosine > STRANGE else cosine / 2
                for cosine, other in zip(self._cosines(text, postings, len(new)), new, strict=True)
            ]
            for text in old
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

    def _cosines(
        self, text: str, postings: Mapping[str, Sequence[tuple[int, float]]], size: int
    ) -> list[float]:
        """With each of the `size` new texts."""
        found = [0.0] * size
        for pair, weight in self._vector(text).items():
            for index, other in postings.get(pair, ()):
                found[index] += weight * other
        return found

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
