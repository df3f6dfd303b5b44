"""The laws and standards a course names, in its words, captions and documents, kept as suggestions."""

from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from catalog.citations.places import Found, found_in
from catalog.models import SuggestionState
from catalog.register.standing import StandingRegister, standing_register
from catalog.suggesting import decide, keep
from catalog.texts import text_of
from cms.models import Course, CourseScan, CourseSuggestion
from media_pipeline.models import Captions, Video
from media_pipeline.said import citations_said

KEY = ("lesson", "instrument_id", "article", "words", "place")
SPOKEN = "讲解"


def sweep_courses(limit: int = 500) -> int:
    """Search the courses whose draft, captions or register changed since; returns how many."""
    register, captions = standing_register(), _newest_captions()
    stale = [
        course
        for course in Course.objects.select_related("scan").order_by("pk").iterator(chunk_size=2000)
        if _is_stale(course, register, captions)
    ]
    for course in stale[:limit]:
        _search(course, register, captions)
    return len(stale[:limit])


def refresh(course: Course) -> None:
    """Search `course` now, when what it says or the register changed since the last search."""
    register, captions = standing_register(), _newest_captions()
    if _is_stale(course, register, captions):
        _search(course, register, captions)


def _is_stale(course: Course, register: StandingRegister, captions: dict[str, int]) -> bool:
    scan = getattr(course, "scan", None)
    if scan is None or (scan.revision, scan.register) != (course.latest_revision_id, register.stamp):
        return True
    return any(captions.get(video, 0) > scan.captions for video in scan.videos)


def read_document(course: Course, data: bytes, *, name: str, by: User) -> int:
    """Search an uploaded txt, md or docx (a script, a handout); returns how many citations it has.

    Raises `UnreadableText`. The file is not kept; reading a newer one of the same name replaces its finds.
    """
    _writable(course, by)
    place = name[-100:]
    found = [
        _suggestion(course, "", place, each, is_document=True)
        for each in found_in(text_of(data, name=name), standing_register().register)
    ]
    with transaction.atomic():
        keep(list(course.suggestions.filter(is_document=True, place=place)), found, *KEY)
    return len(found)


def decide_suggestion(suggestion: CourseSuggestion, *, confirm: bool, by: User) -> None:
    """An author of the course says whether it rests on what its words name; remembered for these words."""
    _writable(suggestion.course, by)
    decide(suggestion, SuggestionState.CONFIRMED if confirm else SuggestionState.REJECTED, by=by)


def _writable(course: Course, by: User) -> None:
    if not Course.objects.writable_by(by).filter(pk=course.pk).exists():
        raise PermissionDenied("只有本机构的课程作者可以确认课程的法规依据。")


@transaction.atomic
def _search(course: Course, register: StandingRegister, captions: dict[str, int]) -> None:
    draft = course.get_latest_revision_as_object()
    standing = list(CourseSuggestion.objects.filter(course=course.pk, is_document=False))
    found = [*_written(draft, register), *_spoken(draft, register)]
    keep(standing, found, *KEY, follow=("context", "start_s", "end_s"))
    seen = {
        "revision": course.latest_revision_id,
        "register": register.stamp,
        "videos": [str(lesson.video_id) for lesson in draft.lessons.all() if lesson.video_id],
        "captions": max(captions.values(), default=0),
    }
    CourseScan.objects.update_or_create(course_id=course.pk, defaults=seen)


def _written(draft: Course, register: StandingRegister) -> Iterator[CourseSuggestion]:
    texts = [("", "教学目标", draft.objectives), ("", "内容简介", draft.summary)]
    texts += [(str(lesson.key), "课时名称", lesson.title) for lesson in draft.lessons.all()]
    for lesson, place, text in texts:
        for found in found_in(text, register.register):
            yield _suggestion(draft, lesson, place, found)


def _spoken(draft: Course, register: StandingRegister) -> Iterator[CourseSuggestion]:
    """What is said, each time it is said: the place counts how often, so that it outlives a shift in time."""
    lessons = {lesson.video_id: str(lesson.key) for lesson in draft.lessons.all() if lesson.video_id}
    times: Counter[tuple[str, str]] = Counter()
    videos = Video.objects.filter(pk__in=lessons)
    for said in citations_said(videos, register.register.titles):
        if match := register.register.match(said.citation):
            lesson, words = lessons[said.video.pk], said.citation.text
            times[lesson, words] += 1
            found = Found(match, "、".join(said.citation.articles)[:100], words, said.words, 0)
            row = _suggestion(draft, lesson, _nth(times[lesson, words]), found)
            row.start_s, row.end_s = said.start_s, said.end_s
            yield row


def _nth(time: int) -> str:
    return SPOKEN if time == 1 else f"{SPOKEN}（第 {time} 次）"


def _suggestion(
    course: Course, lesson: str, place: str, found: Found, *, is_document: bool = False
) -> CourseSuggestion:
    return CourseSuggestion(
        course_id=course.pk,
        lesson=lesson,
        instrument_id=found.match.instrument,
        version_id=found.match.version,
        article=found.article,
        place=place,
        words=found.words[:300],
        context=found.context[:400],
        is_document=is_document,
    )


def _newest_captions() -> dict[str, int]:
    """The newest captions of each video: two columns, one query."""
    newest = Captions.objects.order_by().values_list("video").annotate(Max("pk"))
    return {str(video): captions for video, captions in newest}
