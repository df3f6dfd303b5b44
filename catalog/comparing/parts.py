"""Articles that were merged into another one, or split off it."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq

from catalog.comparing.alignment import Pair
from catalog.comparing.similarity import Similarity

RUN = 3  # fewer characters in a row that both have are taken for chance
PART = 0.45  # which share of an article must stand in another one, in its order, to be a part of it
NEWS = 0.35  # … and which share in those words that the other one's own partner does not have
RIVALS, NEARLY = 3, 0.9  # what stands as well in more articles than these is a common phrase
LENGTH = 12  # characters in runs; shorter ones tell nothing


def find_parts(
    parts: Sequence[str], wholes: Sequence[str], pairs: Sequence[Pair], similarity: Similarity
) -> Iterator[Pair]:
    """(part, whole) for each part without a partner that stands in a whole beside what its partner has.

    With old articles as parts and new ones as wholes these were merged, the other way round split off.
    """
    paired = {part for part, _ in pairs}
    partner = {whole: parts[part] for part, whole in pairs}
    for index, text in enumerate(parts):
        if index not in paired and text:
            found = list(_standing(text, wholes, partner, similarity))
            most = max((share for share, *_ in found), default=0)
            is_common = sum(share >= NEARLY * most for share, *_ in found) > RIVALS
            fitting = [(news, whole) for _, news, whole in found if news >= NEWS]
            if fitting and not is_common:
                yield index, max(fitting)[1]


def _standing(
    part: str, wholes: Sequence[str], partner: Mapping[int, str], similarity: Similarity
) -> Iterator[tuple[float, float, int]]:
    """(which share of `part` stands in it, which share besides what its partner has there, whole)."""
    weights = similarity.weights(part)
    total = sum(weights)
    for index, whole in enumerate(wholes):
        if similarity.share(part, whole) < PART:
            continue
        runs = _runs(part, whole)
        known = _known(partner.get(index, ""), whole)
        share = sum(weights[at] for at, _ in runs) / total
        news = sum(weights[at] for at, place in runs if place not in known) / total
        if share >= PART and len(runs) >= LENGTH:
            yield share, news, index


def _known(partner: str, whole: str) -> set[int]:
    return {place for _, place in _runs(partner, whole)} if partner else set()


def _runs(one: str, other: str) -> list[Pair]:
    """Positions in both of the characters that they have in a row, at least `RUN` of them."""
    return [
        (block.a + offset, block.b + offset)
        for block in LCSseq.opcodes(one, other).as_matching_blocks()
        if block.size >= RUN
        for offset in range(block.size)
    ]
