"""Every place where published courses rest on a law: in a fixed number of queries, however many courses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.utils import timezone

from catalog.models import SuggestionState, TrainingOutline
from cms.footage.positions import clock
from cms.models import Basis, CourseCitation, CourseRelease, CourseSuggestion, LessonQuestion

COURSE, LESSON, QUESTION, OUTLINE = "课程引用", "课时", "题目", "培训大纲"


@dataclass(frozen=True, slots=True)
class Use:
    """One place. `version` is None where the words name the instrument alone; `start_s` where it is said."""

    course: int
    basis: Basis
    place: str
    instrument: int
    version: int | None
    article: str = ""
    words: str = ""
    lesson: str = ""
    lesson_title: str = ""
    start_s: float | None = None
    question: int | None = None
    full: str = ""

    @property
    def clock(self) -> str:
        return "" if self.start_s is None else clock(self.start_s)


def uses_of(
    *,
    versions: Collection[int],
    instruments: Collection[int],
    courses: Collection[int] | None = None,
    texts: bool = True,
) -> Iterator[Use]:
    """The uses of the old texts `versions`, and of `instruments` where no version is named.

    Read row by row, of all published courses or of `courses` alone; without `texts` no question's words.
    """
    current = CourseRelease.objects.current()
    if courses is not None:
        current = current.filter(course__in=courses)
    published = current.values("course")
    yield from _course_citations(versions, published)
    yield from _course_suggestions(versions, instruments, published)
    yield from _questions(versions, instruments, published, texts=texts)
    yield from _outlines(versions, current)


def approved_on() -> dict[int, date]:
    """The day on which each published course's release in force was approved."""
    current = CourseRelease.objects.current().values_list("course", "approved_at")
    return {course: timezone.localdate(at) for course, at in current}


def _named(versions: Collection[int], instruments: Collection[int], of: str = "") -> Q:
    """Suggestions of `instruments` that name none of their versions or one of `versions`."""
    any_version = Q(**{f"{of}version": None}) | Q(**{f"{of}version__in": versions})
    return Q(**{f"{of}instrument__in": instruments}) & any_version


def _course_citations(versions: Collection[int], published: object) -> Iterator[Use]:
    rows = CourseCitation.objects.filter(version__in=versions, course__in=published)
    for course, version, instrument, article in rows.values_list(
        "course", "version", "version__instrument", "article"
    ).iterator():
        yield Use(course, Basis.CONFIRMED, COURSE, instrument, version, article)


def _course_suggestions(
    versions: Collection[int], instruments: Collection[int], published: object
) -> Iterator[Use]:
    rows = CourseSuggestion.objects.standing().filter(_named(versions, instruments), course__in=published)
    for row in rows.filter(Q(is_present=True) | Q(state=SuggestionState.CONFIRMED)).iterator():
        yield Use(
            course=row.course_id,
            basis=Basis.CONFIRMED if row.state == SuggestionState.CONFIRMED else Basis.SUGGESTED,
            place=row.place,
            instrument=row.instrument_id,
            version=row.version_id,
            article=row.article,
            words=row.context or row.words,
            lesson=row.lesson,
            start_s=row.start_s,
        )


def _questions(
    versions: Collection[int], instruments: Collection[int], published: object, *, texts: bool
) -> Iterator[Use]:
    """Row by row, what was confirmed and what is suggested."""
    asked = LessonQuestion.objects.filter(lesson__course__in=published)
    confirmed = asked.filter(question__citations__instrument__in=instruments)
    confirmed = confirmed.annotate(named_version=Value(None, IntegerField()))
    yield from _asked(confirmed, Basis.CONFIRMED, "question__citations__", texts=texts)
    of = "question__suggestions__"
    is_waiting = Q(**{f"{of}state": SuggestionState.SUGGESTED, f"{of}is_present": True})
    suggested = asked.filter(_named(versions, instruments, of) & is_waiting)
    suggested = suggested.annotate(named_version=F(f"{of}version"))
    yield from _asked(suggested, Basis.SUGGESTED, of, texts=texts)


def _asked(rows: QuerySet[LessonQuestion], basis: Basis, of: str, *, texts: bool) -> Iterator[Use]:
    words = ("question__stem", "question__options", "question__explanation") if texts else ()
    rows = rows.values_list(
        *("lesson__course", f"{of}instrument", "named_version", f"{of}article"),
        *("lesson__key", "lesson__title", "at_s", "question"),
        *words,
    )
    for course, instrument, version, article, key, title, at_s, question, *told in rows.iterator():
        stem, full = (told[0], "\n".join([told[0], *told[1], told[2]])) if told else ("", "")
        place = (str(key), title, at_s, question)
        yield Use(course, basis, QUESTION, instrument, version, article, stem, *place, full)


def _outlines(versions: Collection[int], current: QuerySet[CourseRelease]) -> Iterator[Use]:
    """Courses of an outline that rests on an old text: touched by their catalog item."""
    cells: dict[tuple[str, str], tuple[TrainingOutline, int, int]] = {}
    rows = TrainingOutline.objects.filter(basis__in=versions).select_related("item")
    for outline in rows.prefetch_related("basis"):
        for version in outline.basis.all():
            if version.pk in versions:
                cells[outline.item_id, outline.kind] = (outline, version.pk, version.instrument_id)
    if not cells:
        return
    items = {item for item, _ in cells}
    for course, item, kind in current.filter(item__in=items).values_list("course", "item", "kind"):
        if (item, kind) in cells:
            outline, version, instrument = cells[item, kind]
            yield Use(course, Basis.ITEM, OUTLINE, instrument, version, words=str(outline))
