"""Every place where published courses rest on a law: in a fixed number of queries, however many courses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from catalog.models import SuggestionState, TrainingOutline
from cms.footage.positions import clock
from cms.models import Basis, CourseCitation, CourseRelease, CourseSuggestion, LessonQuestion
from question_bank.models import QuestionCitation, QuestionSuggestion

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


def uses_of(*, versions: Collection[int], instruments: Collection[int]) -> Iterator[Use]:
    """The uses of the old texts `versions`, and of `instruments` where no version is named."""
    published = CourseRelease.objects.current().values("course")
    yield from _course_citations(versions, published)
    yield from _course_suggestions(versions, instruments, published)
    yield from _questions(versions, instruments, published)
    yield from _outlines(versions, published)


def approved_on() -> dict[int, date]:
    """The day on which each published course's release in force was approved."""
    current = CourseRelease.objects.current().values_list("course", "approved_at")
    return {course: timezone.localdate(at) for course, at in current}


def _named(versions: Collection[int], instruments: Collection[int]) -> Q:
    return Q(instrument__in=instruments) & (Q(version=None) | Q(version__in=versions))


def _course_citations(versions: Collection[int], published: object) -> Iterator[Use]:
    rows = CourseCitation.objects.filter(version__in=versions, course__in=published)
    for course, version, instrument, article in rows.values_list(
        "course", "version", "version__instrument", "article"
    ):
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


def _questions(versions: Collection[int], instruments: Collection[int], published: object) -> Iterator[Use]:
    confirmed = QuestionCitation.objects.filter(instrument__in=instruments)
    waiting = QuestionSuggestion.objects.waiting().filter(_named(versions, instruments), is_present=True)
    cited: dict[int, list[tuple]] = {}
    for question, instrument, article in confirmed.values_list("question", "instrument", "article"):
        cited.setdefault(question, []).append((Basis.CONFIRMED, instrument, None, article))
    columns = ("question", "instrument", "version", "article")
    for question, *found in waiting.values_list(*columns):
        cited.setdefault(question, []).append((Basis.SUGGESTED, *found))
    asked = LessonQuestion.objects.filter(lesson__course__in=published).filter(
        Q(question__in=confirmed.values("question")) | Q(question__in=waiting.values("question"))
    )
    columns = ("question", "lesson__course", "lesson__key", "lesson__title", "at_s")
    texts = ("question__stem", "question__options", "question__explanation")
    for question, course, key, title, at_s, stem, options, told in asked.values_list(
        *columns, *texts
    ).iterator():
        place, full = (str(key), title, at_s, question), "\n".join([stem, *options, told])
        for basis, instrument, version, article in cited.get(question, ()):
            yield Use(course, basis, QUESTION, instrument, version, article, stem, *place, full)


def _outlines(versions: Collection[int], published: object) -> Iterator[Use]:
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
    current = CourseRelease.objects.filter(pk__in=CourseRelease.objects.current(), item__in=items)
    for course, item, kind in current.values_list("course", "item", "kind"):
        if (item, kind) in cells:
            outline, version, instrument = cells[item, kind]
            yield Use(course, Basis.ITEM, OUTLINE, instrument, version, words=str(outline))
