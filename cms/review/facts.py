"""Reads drafts into the facts that the rules judge: a fixed number of queries for any number of drafts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from cms.coverage.outline_facts import outlines_on, points_of_questions
from cms.footage.findings import attach_overrulings, settled_checks
from cms.models.course import Course
from cms.question_versions import earlier_versions
from cms.review.judged import CourseFacts, LessonFacts, VideoStage
from media_pipeline.models import Video
from question_bank.models import Question, QuestionState, QuestionVersion
from question_bank.rules import content_problems


def facts_of(draft: Course) -> CourseFacts:
    """The facts of one draft, saved or not."""
    return facts_of_contents([draft.serializable_data()])[0]


def facts_of_contents(contents: Iterable[dict[str, Any]]) -> list[CourseFacts]:
    """Facts for each `Revision.content` (or `serializable_data()`), in the same order."""
    contents = list(contents)
    lessons = [lesson for content in contents for lesson in content["lessons"]]
    videos = Video.objects.with_inspection().in_bulk({row["video"] for row in lessons if row["video"]})
    attach_overrulings(videos.values())
    videos = {str(key): video for key, video in videos.items()}
    questions = Question.objects.in_bulk(
        {row["question"] for lesson in lessons for row in lesson["placements"]}
    )
    earlier = earlier_versions(questions.values())
    unchecked = {pk for pk, question in questions.items() if question.is_unchecked_draft}
    unusable = {pk for pk, question in questions.items() if not is_usable(question, earlier.get(pk, ()))}
    facts = [_course(content, videos, unusable - unchecked, unchecked) for content in contents]
    return _with_outlines(contents, facts, unusable | unchecked)


def _with_outlines(
    contents: list[dict[str, Any]], facts: list[CourseFacts], unusable: set[int]
) -> list[CourseFacts]:
    """The same facts with the outlines in force today and the points that usable questions cover."""
    outlines = outlines_on(timezone.localdate(), (content["item"] for content in contents))
    if not outlines:
        return facts
    asked = [_asked(content) - unusable for content in contents]
    points = points_of_questions(set().union(*asked))
    return [
        replace(
            course,
            outline=outlines.get((content["item"], content["kind"])),
            points=frozenset().union(*(points[question] for question in questions)),
        )
        for content, course, questions in zip(contents, facts, asked, strict=True)
    ]


def _asked(content: dict[str, Any]) -> set[int]:
    return {row["question"] for lesson in content["lessons"] for row in lesson["placements"]}


def is_usable(question: Question, earlier: Iterable[QuestionVersion] = ()) -> bool:
    """Whether a question may be asked today: complete, not retired, and it says something that holds.

    `earlier`: what it said before, newest first, when its newest words begin later.
    """
    content, today = question.content, timezone.localdate()
    spoken = [content, *(version.content for version in earlier)]
    begun = next((words for words in spoken if (words.valid_from or today) <= today), None)
    stands = question.state != QuestionState.RETIRED and begun is not None and begun.holds_on(today)
    return stands and not content_problems(content)


def _course(content: dict, videos: dict[str, Video], unusable: set[int], unchecked: set[int]) -> CourseFacts:
    until = content["rights_until"]
    return CourseFacts(
        kind=content["kind"],
        hours=float(content["hours"] or 0),
        objectives=content["objectives"],
        instructors=len(content["instructors"]),
        rights=content["rights"],
        rights_holder=content["rights_holder"],
        rights_until=date.fromisoformat(until) if isinstance(until, str) else until,
        lessons=tuple(_lesson(row, videos, unusable, unchecked) for row in content["lessons"]),
    )


def _failed_checks(video: Video) -> tuple[str, ...]:
    """Titles of what failed and was not overruled by two reviewers."""
    settled = settled_checks(video)
    failed = (found for found in video.findings if found.verdict == "fail")
    return tuple(found.title for found in failed if found.check_id not in settled)


def _lesson(row: dict, videos: dict[str, Video], unusable: set[int], unchecked: set[int]) -> LessonFacts:
    video = videos.get(str(row["video"]))
    asked = [placed["question"] for placed in row["placements"]]
    return LessonFacts(
        key=str(row["key"]),
        title=row["title"],
        video=VideoStage(video.state) if video else VideoStage.MISSING,
        video_id=str(video.pk) if video else None,
        duration_s=video.duration_s if video else None,
        failed_checks=_failed_checks(video) if video else (),
        questions=len(asked),
        unusable_questions=sum(question in unusable for question in asked),
        unreviewed_drafts=sum(question in unchecked for question in asked),
    )
