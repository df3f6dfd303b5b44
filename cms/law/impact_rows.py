"""One course of the impact preview as its page shows it: uses, quoted articles, what is ticked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from catalog.comparing.marking import Piece, side_by_side
from catalog.comparing.quoting import Quote
from cms.law.impact import Impact, Laws, Touched, with_uses
from cms.law.uses import Use
from cms.models import Lesson

USES, QUOTED = 8, 5  # uses and articles shown of each course


class QuotedArticle(NamedTuple):
    """An article that changed and what became of it; `new` is empty where it was removed."""

    old: str
    new: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class CourseRow:
    one: Touched
    uses: list[tuple[Use, list[Quote]]]
    more: int
    articles: list[QuotedArticle]
    touch: str
    reason: str


def course_rows(impact: Impact, shown: Iterable[Touched], posted: Mapping[str, str]) -> list[CourseRow]:
    """`posted` is what was ticked and refused; it stands until it is mended. A fixed number of queries."""
    courses = with_uses(impact, shown)
    titles = _titles(courses)
    return [_row(one, impact.laws, posted, titles) for one in courses]


def _row(one: Touched, laws: Laws, posted: Mapping[str, str], titles: dict[str, str]) -> CourseRow:
    shown = one.ordered_uses[:USES]
    return CourseRow(
        one=one,
        uses=[
            (replace(use, lesson_title=use.lesson_title or titles.get(use.lesson, "")), quotes)
            for use, quotes in shown
        ],
        more=len(one.uses) - USES,
        articles=_articles(one, laws),
        touch=posted.get(f"course-{one.course}", one.touch),
        reason=posted.get(f"why-{one.course}", one.reason),
    )


def _articles(one: Touched, laws: Laws) -> list[QuotedArticle]:
    """Each quoted article of each old text once, the weightiest first."""
    found: dict[tuple[int, str, str], QuotedArticle] = {}
    for _, quotes in one.ordered_uses:
        for quote in quotes:
            law = laws[quote.version].law
            for new in quote.new or ("",):
                if len(found) < QUOTED and (quote.version, quote.old, new) not in found:
                    before, after = side_by_side(law.olds.get(quote.old, ""), law.news.get(new, ""))
                    found[quote.version, quote.old, new] = QuotedArticle(quote.old, new, before, after)
    return list(found.values())


def _titles(courses: list[Touched]) -> dict[str, str]:
    """The names of the lessons that uses name by key only."""
    keys = {use.lesson for one in courses for use in one.uses if use.lesson and not use.lesson_title}
    return {str(key): title for key, title in Lesson.objects.filter(key__in=keys).values_list("key", "title")}
