"""The text of a version, article by article: taken from a file, set beside another, compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction

from catalog.comparing import Article, ArticleChange, compare_articles, split_articles
from catalog.comparing.marking import Piece, side_by_side
from catalog.comparing.quoting import ChangedLaw
from catalog.models import InstrumentVersion, VersionArticle
from catalog.texts import UnreadableText, text_of

MOST_ARTICLES = 2000  # the Civil Code has 1,260


@dataclass(frozen=True, slots=True)
class Beside:
    """One line of a comparison with both texts cut into pieces."""

    change: ArticleChange
    old: list[Piece]
    new: list[Piece]


@transaction.atomic
def keep_text(version: InstrumentVersion, data: bytes, *, name: str) -> int:
    """Store the articles of a txt, md or docx, in place of those before; returns how many.

    Raises `UnreadableText`.
    """
    articles = split_articles(text_of(data, name=name))
    if not articles:
        raise UnreadableText(f"「{name}」里没有以“第一条”这样开头的行，请确认是分条的法规文本。")
    if len(articles) > MOST_ARTICLES:
        raise UnreadableText(f"「{name}」有 {len(articles)} 条，最多 {MOST_ARTICLES} 条，请核对文件。")
    version.articles.all().delete()
    VersionArticle.objects.bulk_create(
        VersionArticle(version=version, order=order, number=article.number, text=article.text)
        for order, article in enumerate(articles, 1)
    )
    return len(articles)


def compared(old: InstrumentVersion, new: InstrumentVersion) -> list[ArticleChange]:
    """What became of each article; [] unless both texts are held. Two queries."""
    olds, news = _articles(old), _articles(new)
    return list(_compared(olds, news)) if olds and news else []


def changed_law(old: InstrumentVersion, new: InstrumentVersion) -> ChangedLaw | None:
    """What finds sentences that quote a change; None unless both texts are held. Two queries."""
    olds, news = _articles(old), _articles(new)
    return ChangedLaw(_compared(olds, news), dict(olds), dict(news)) if olds and news else None


def besides(old: InstrumentVersion, new: InstrumentVersion) -> Iterator[Beside]:
    """The comparison with both texts, differing words marked."""
    olds, news = dict(_articles(old)), dict(_articles(new))
    for change in compared(old, new):
        before, after = side_by_side(olds.get(change.old or "", ""), news.get(change.new or "", ""))
        yield Beside(change, before, after)


def _articles(version: InstrumentVersion) -> tuple[tuple[str, str], ...]:
    return tuple(version.articles.order_by("order").values_list("number", "text"))


@lru_cache(maxsize=32)
def _compared(
    old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]
) -> tuple[ArticleChange, ...]:
    """Kept for as long as the process lives: a pair of laws takes a second or two."""
    return tuple(compare_articles([Article(*one) for one in old], [Article(*one) for one in new]))
