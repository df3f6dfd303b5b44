"""The lessons of a draft, read with a fixed number of queries however many there are."""

from collections.abc import Iterable

from cms.footage.findings import attach_overrulings
from cms.models.course import Course
from cms.models.lesson import Lesson
from media_pipeline.models import Video
from question_bank.models import Question


def lessons_of(draft: Course) -> list[Lesson]:
    """Lessons in order, each with its video and questions attached: no further query."""
    lessons = list(draft.lessons.all())
    attach(lessons)
    return lessons


def attach(lessons: Iterable[Lesson]) -> None:
    """Fetch the videos and questions of all `lessons` at once and hang them on their rows."""
    lessons = list(lessons)
    videos = Video.objects.with_inspection().in_bulk({row.video_id for row in lessons if row.video_id})
    attach_overrulings(videos.values())
    placements = [placement for lesson in lessons for placement in lesson.placements.all()]
    questions = Question.objects.in_bulk({placement.question_id for placement in placements})
    for lesson in lessons:
        lesson.video = videos.get(lesson.video_id)
    for placement in placements:
        placement.question = questions[placement.question_id]
