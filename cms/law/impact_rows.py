"""One course of the impact preview as its page shows it: uses, quoted articles, what is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from catalog.comparing.marking import Piece, side_by_side
from catalog.comparing.quoting import ChangedLaw, Quote
from cms.law.impact import Touched
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


def course_rows(
    courses: list[Touched], laws: Mapping[int, ChangedLaw | None], posted: Mapping[str, str]
) -> list[CourseRow]:
    """`posted` is what was ticked and refused; it stands until it is mended. One query."""
    titles = _titles(courses)
    return [_row(one, laws, posted, titles) for one in courses]


def _row(
    one: Touched, laws: Mapping[int, ChangedLaw | None], posted: Mapping[str, str], titles: dict[str, str]
) -> CourseRow:
    shown = one.ordered_uses[:USES]
    decided = one.decision
    return CourseRow(
        one=one,
        uses=[
            (replace(use, lesson_title=use.lesson_title or titles.get(use.lesson, "")), quotes)
            for use, quotes in shown
        ],
        more=len(one.uses) - USES,
        articles=_articles(one, laws),
        touch=posted.get(f"course-{one.course}", decided.touch if decided else ""),
        reason=posted.get(f"why-{one.course}", decided.reason if decided else ""),
    )


def _articles(one: Touched, laws: Mapping[int, ChangedLaw | None]) -> list[QuotedArticle]:
    """Each quoted article once, the weightiest first."""
    found: dict[tuple[str, str], QuotedArticle] = {}
    for use, quotes in one.ordered_uses:
        law = laws.get(use.instrument)
        for quote in quotes if law else ():
            for new in quote.new or ("",):
                if len(found) < QUOTED and (quote.old, new) not in found:
                    before, after = side_by_side(law.olds.get(quote.old, ""), law.news.get(new, ""))
                    found[quote.old, new] = QuotedArticle(quote.old, new, before, after)
    return list(found.values())


def _titles(courses: list[Touched]) -> dict[str, str]:
    """The names of the lessons that uses name by key only."""
    keys = {use.lesson for one in courses for use in one.uses if use.lesson and not use.lesson_title}
    return {str(key): title for key, title in Lesson.objects.filter(key__in=keys).values_list("key", "title")}
