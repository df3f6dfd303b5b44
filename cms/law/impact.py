"""What a new version touches before it counts: courses, lessons with their seconds, questions, outlines."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from catalog.comparing.quoting import ChangedLaw, Quote
from catalog.law_texts import changed_law
from catalog.models import InstrumentVersion
from cms.law.uses import OUTLINE, QUESTION, Use, uses_of
from cms.models import Basis, CourseRelease, ImpactDecision, UpdateNotice

HINTED = "同一操作项目"
EVERYWHERE = frozenset({"*", "platform"})  # hints that say nothing of a single course


@dataclass(slots=True)
class Touched:
    """One published course, why it may be touched, what was decided; `weight` is of the heaviest quote."""

    course: int
    title: str
    item: str
    basis: Basis = Basis.ITEM
    uses: list[Use] = field(default_factory=list)
    quotes: dict[int, list[Quote]] = field(default_factory=dict)
    decision: ImpactDecision | None = None
    has_notice: bool = False

    @property
    def weight(self) -> int:
        return max((quote.weight for quotes in self.quotes.values() for quote in quotes), default=0)

    @property
    def counts(self) -> Counter[str]:
        return Counter(use.place if use.place in (QUESTION, OUTLINE) else "课程和课时" for use in self.uses)

    @property
    def ordered_uses(self) -> list[tuple[Use, list[Quote]]]:
        """What quotes a change first, then by lesson and second."""
        found = [(use, self.quotes.get(number, [])) for number, use in enumerate(self.uses)]
        return sorted(found, key=lambda pair: (-max((q.weight for q in pair[1]), default=0), -pair[0].basis))


@dataclass(slots=True)
class Impact:
    version: InstrumentVersion
    older: list[InstrumentVersion]
    courses: list[Touched]
    laws: dict[int, ChangedLaw | None]

    @property
    def by_basis(self) -> Counter[Basis]:
        return Counter(touched.basis for touched in self.courses)

    @property
    def totals(self) -> dict[str, int]:
        uses = [use for touched in self.courses for use in touched.uses]
        return {
            "courses": len(self.courses),
            "lessons": len({(use.course, use.lesson) for use in uses if use.lesson}),
            "questions": len({use.question for use in uses if use.question}),
            "outlines": len({use.words for use in uses if use.place == OUTLINE}),
            "quoting": sum(touched.weight > 0 for touched in self.courses),
        }


def impact_of(version: InstrumentVersion) -> Impact:
    """The published courses that `version` may touch, quoting ones first; a fixed number of queries."""
    older = list(version.replaces.select_related("instrument"))
    versions = {old.pk for old in older}
    instruments = {old.instrument_id for old in older}
    uses = list(uses_of(versions=versions, instruments=instruments)) if older else []
    touched = _touched(uses, version, older)
    laws = {old.instrument_id: changed_law(old, version) for old in older}
    _quote(touched.values(), laws)
    _recall(touched, version)
    courses = sorted(touched.values(), key=lambda one: (-one.weight, -one.basis, one.title, one.course))
    return Impact(version, older, courses, laws)


def _touched(
    uses: Iterable[Use], version: InstrumentVersion, older: Iterable[InstrumentVersion]
) -> dict[int, Touched]:
    by_course: dict[int, list[Use]] = defaultdict(list)
    for use in uses:
        by_course[use.course].append(use)
    hints = {hint for each in (version, *older) for hint in each.catalog_hint} - EVERYWHERE
    touched = {}
    current = CourseRelease.objects.current().values_list("course", "title", "item", "item__name")
    for course, title, item, name in current.iterator(chunk_size=2000):
        found = by_course.get(course, [])
        if found or any(fnmatchcase(item, hint) for hint in hints):
            basis = max((use.basis for use in found), default=Basis.ITEM)
            touched[course] = Touched(course, title, name, basis, found)
    return touched


def _quote(touched: Iterable[Touched], laws: dict[int, ChangedLaw | None]) -> None:
    if not any(laws.values()):
        return
    for one in touched:
        for number, use in enumerate(one.uses):
            law = laws.get(use.instrument)
            if law and (quotes := law.quotes(use.full or use.words, use.article)):
                one.quotes[number] = quotes


def _recall(touched: dict[int, Touched], version: InstrumentVersion) -> None:
    """Hang on what was decided before, and whether a notice stands."""
    for decision in ImpactDecision.objects.filter(version=version).select_related("by"):
        if decision.course_id in touched:
            touched[decision.course_id].decision = decision
    for course in UpdateNotice.objects.filter(version=version).values_list("course", flat=True):
        if course in touched:
            touched[course].has_notice = True
