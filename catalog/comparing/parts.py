"""Articles that were merged into another one, or split off it."""

from collections.abc import Iterator, Sequence

from catalog.comparing.alignment import Pair
from catalog.comparing.similarity import Similarity

PART = 0.6  # which share of an article must stand in another one to be a part of it
NEWS = 0.15  # … and how much of that other one it must explain that its partner does not


def find_parts(
    parts: Sequence[str], wholes: Sequence[str], pairs: Sequence[Pair], similarity: Similarity
) -> Iterator[Pair]:
    """(part, whole) for each part without a partner that stands in a whole which has another partner.

    With old articles as parts and new ones as wholes these were merged, the other way round split off.
    """
    paired = {part for part, _ in pairs}
    for index, text in enumerate(parts):
        if index in paired:
            continue
        shares = [(similarity.share(text, wholes[whole]), partner, whole) for partner, whole in pairs]
        fitting = [
            (share, whole)
            for share, partner, whole in shares
            if share >= PART and _explains_more(text, parts[partner], wholes[whole], similarity)
        ]
        if fitting:
            yield index, max(fitting)[1]


def _explains_more(part: str, partner: str, whole: str, similarity: Similarity) -> bool:
    alone = similarity.share(whole, partner)
    return similarity.share(whole, part) >= NEWS and similarity.share(whole, partner, part) - alone >= NEWS
