from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog.citations.folding import fold
from catalog.comparing.alignment import Pair, align
from catalog.comparing.articles import Article
from catalog.comparing.numbers import ChangedNumber, changed_numbers
from catalog.comparing.parts import find_parts
from catalog.comparing.similarity import Similarity


class Change(StrEnum):
    SAME = "same"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of one article. `old` and `new` are numbers (第七条), None where there is none.

    An article that was split stands in one line for each of its parts, one that was merged with others in
    one line for each of those. `similarity` is 0..1, and 1 only when nothing but the number changed.
    """

    old: str | None
    new: str | None
    change: Change
    similarity: float = 0.0
    numbers: tuple[ChangedNumber, ...] = ()


def compare_articles(old: Sequence[Article], new: Sequence[Article]) -> list[ArticleChange]:
    """Every article of both texts at least once, in the order of the new; what was removed where it stood."""
    olds, news = [fold(article.text) for article in old], [fold(article.text) for article in new]
    similarity = Similarity(olds, news)
    pairs = align(similarity.rows)
    merged = list(find_parts(olds, news, pairs, similarity))
    split = [(i, k) for k, i in find_parts(news, olds, [(j, i) for i, j in pairs], similarity)]
    linked = {*pairs, *split, *merged}
    times_old, times_new = Counter(i for i, _ in linked), Counter(j for _, j in linked)
    links = {
        (i, j): ArticleChange(
            old[i].number,
            new[j].number,
            Change.SPLIT
            if times_old[i] > 1
            else Change.MERGED
            if times_new[j] > 1
            else _change(old[i].number, new[j].number, olds[i] == news[j]),
            1.0 if olds[i] == news[j] else min(round(similarity.rows[i][j], 3), 0.999),
            tuple(changed_numbers(olds[i], news[j])),
        )
        for i, j in linked
    }
    return list(_in_order(old, new, links))


def _change(old: str, new: str, is_same_text: bool) -> Change:
    if not is_same_text:
        return Change.REWORDED
    return Change.SAME if old == new else Change.RENUMBERED


def _in_order(
    old: Sequence[Article], new: Sequence[Article], links: dict[Pair, ArticleChange]
) -> Iterator[ArticleChange]:
    """The links, the added articles in their place, the removed ones after their predecessor."""
    linked_new = {j for _, j in links}
    place = dict(sorted(links, reverse=True))  # of several new articles the first
    rows = [(j, 0, i, link) for (i, j), link in links.items()]
    rows += [
        (j, 0, 0, ArticleChange(None, article.number, Change.ADDED))
        for j, article in enumerate(new)
        if j not in linked_new
    ]
    before = -1
    for i, article in enumerate(old):
        before = place.get(i, before)
        if i not in place:
            rows.append((before, 1, i, ArticleChange(article.number, None, Change.REMOVED)))
    yield from (change for *_, change in sorted(rows, key=lambda row: row[:3]))
