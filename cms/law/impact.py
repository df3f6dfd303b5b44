"""What a new version touches before it counts: courses, lessons with their seconds, questions, outlines.

Uses are read once, one after the other, and only what counts is kept of each course; the uses themselves are
read again for the courses that a page shows (`with_uses`). So the memory grows by one small row a course.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from catalog.comparing.quoting import ChangedLaw, Quote
from catalog.models import InstrumentVersion
from catalog.register.law_texts import changed_law
from cms.law.uses import OUTLINE, Use, uses_of
from cms.models import Basis, CourseRelease, ImpactDecision, UpdateNotice

EVERYWHERE = frozenset({"*", "platform"})  # hints that say nothing of a single course


@dataclass(frozen=True, slots=True)
class QuotedLaw:
    """What became of a replaced text, and of which instrument it was one."""

    instrument: int
    law: ChangedLaw


@dataclass(frozen=True, slots=True)
class FoundQuote(Quote):
    """A quote of the old text `version`."""

    version: int


type Laws = Mapping[int, QuotedLaw]  # by the old version


@dataclass(slots=True)
class Touched:
    """One published course, why it may be touched, what was decided; `weight` is of the heaviest quote.

    `uses`, `quotes` (by the use's place in `uses`) and `decision` are there after `with_uses`.
    """

    course: int
    title: str
    item: str
    basis: Basis = Basis.ITEM
    weight: int = 0
    touch: str = ""
    reason: str = ""
    has_notice: bool = False
    uses: list[Use] = field(default_factory=list)
    quotes: dict[int, list[FoundQuote]] = field(default_factory=dict)
    decision: ImpactDecision | None = None

    @property
    def ordered_uses(self) -> list[tuple[Use, list[FoundQuote]]]:
        """What quotes a change first, then by lesson and second."""
        found = [(use, self.quotes.get(number, [])) for number, use in enumerate(self.uses)]
        return sorted(found, key=lambda pair: (-max((q.weight for q in pair[1]), default=0), -pair[0].basis))


@dataclass(slots=True)
class Tally:
    """What is kept of all uses: how strongly each course is touched, and how many places there are."""

    bases: dict[int, Basis] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)
    lessons: set[tuple[int, str]] = field(default_factory=set)
    questions: set[int] = field(default_factory=set)
    outlines: set[str] = field(default_factory=set)

    def count(self, use: Use, weight: int) -> None:
        self.bases[use.course] = max(use.basis, self.bases.get(use.course, Basis.ITEM))
        if weight > self.weights.get(use.course, 0):
            self.weights[use.course] = weight
        if use.lesson:
            self.lessons.add((use.course, use.lesson))
        if use.question:
            self.questions.add(use.question)
        if use.place == OUTLINE:
            self.outlines.add(use.words)


@dataclass(slots=True)
class Impact:
    version: InstrumentVersion
    older: list[InstrumentVersion]
    courses: list[Touched]
    laws: Laws
    tally: Tally

    @property
    def by_basis(self) -> Counter[Basis]:
        return Counter(touched.basis for touched in self.courses)

    @property
    def totals(self) -> dict[str, int]:
        return {
            "courses": len(self.courses),
            "lessons": len(self.tally.lessons),
            "questions": len(self.tally.questions),
            "outlines": len(self.tally.outlines),
            "quoting": sum(touched.weight > 0 for touched in self.courses),
        }


def impact_of(version: InstrumentVersion, *, quoting: bool = True) -> Impact:
    """The published courses that `version` may touch, quoting ones first; a fixed number of queries.

    Without `quoting` no words are read: who only wants to know whom it touches waits a tenth as long.
    """
    older = list(version.replaces.select_related("instrument"))
    laws = _laws(version, older) if quoting else {}
    tally = Tally()
    for use in _uses(older, texts=bool(laws)):
        tally.count(use, max((quote.weight for quote in quotes_of(use, laws)), default=0))
    touched = {one.course: one for one in _touched(tally, version, older)}
    _recall(touched, version)
    courses = sorted(touched.values(), key=lambda one: (-one.weight, -one.basis, one.title, one.course))
    return Impact(version, older, courses, laws, tally)


def with_uses(impact: Impact, shown: Iterable[Touched]) -> list[Touched]:
    """The courses of a page with every place where they rest on the law; a fixed number of queries."""
    by_course = {one.course: one for one in shown}
    for one in by_course.values():
        one.uses, one.quotes = [], {}
    for use in _uses(impact.older, courses=by_course.keys()):
        one = by_course[use.course]
        if quotes := quotes_of(use, impact.laws):
            one.quotes[len(one.uses)] = quotes
        one.uses.append(use)
    decisions = ImpactDecision.objects.filter(version=impact.version, course__in=by_course)
    for decision in decisions.select_related("by"):
        by_course[decision.course_id].decision = decision
    return list(by_course.values())


def quotes_of(use: Use, laws: Laws) -> list[FoundQuote]:
    """What `use` quotes of the old texts it may mean: the one it names, else all of its instrument."""
    text = use.full or use.words
    return [
        FoundQuote(quote.old, quote.new, quote.weight, version)
        for version, known in laws.items()
        if use.version in (version, None) and use.instrument == known.instrument
        for quote in known.law.quotes(text, use.article)
    ]


def _laws(version: InstrumentVersion, older: Iterable[InstrumentVersion]) -> dict[int, QuotedLaw]:
    found = ((old, changed_law(old, version)) for old in older)
    return {old.pk: QuotedLaw(old.instrument_id, law) for old, law in found if law}


def _uses(older: list[InstrumentVersion], **which: object) -> Iterator[Use]:
    if older:
        versions, instruments = {old.pk for old in older}, {old.instrument_id for old in older}
        yield from uses_of(versions=versions, instruments=instruments, **which)


def _touched(
    tally: Tally, version: InstrumentVersion, older: Iterable[InstrumentVersion]
) -> Iterator[Touched]:
    hints = {hint for each in (version, *older) for hint in each.catalog_hint} - EVERYWHERE
    current = CourseRelease.objects.current().values_list("course", "title", "item", "item__name")
    for course, title, item, name in current.iterator(chunk_size=2000):
        if course in tally.bases or any(fnmatchcase(item, hint) for hint in hints):
            basis = tally.bases.get(course, Basis.ITEM)
            yield Touched(course, title, name, basis, tally.weights.get(course, 0))


def _recall(touched: dict[int, Touched], version: InstrumentVersion) -> None:
    """Hang on what was decided before, and whether a notice stands."""
    decided = ImpactDecision.objects.filter(version=version).order_by()
    for course, touch, reason in decided.values_list("course", "touch", "reason").iterator():
        if course in touched:
            touched[course].touch, touched[course].reason = touch, reason
    for course in UpdateNotice.objects.filter(version=version).order_by().values_list("course", flat=True):
        if course in touched:
            touched[course].has_notice = True
