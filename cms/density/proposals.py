"""Questions proposed from what is said in a lesson's video: read, taken as a draft, or dismissed for good."""

import uuid

from django.db import IntegrityError, transaction

from accounts.models import User
from cms.density.choosing import Proposal, Settled, print_of, propose
from cms.drafts import DraftRefused, lesson_of, place_question, standing_draft
from cms.footage.lessons import attach
from cms.footage.positions import clock
from cms.models import Course, Lesson, ProposalAnswer
from media_pipeline.said import sentences_said
from question_bank.content import TRUE, Content, QuestionType
from question_bank.models import Question
from question_bank.questions.acts import create_question

PRINT_LENGTH = ProposalAnswer._meta.get_field("print").max_length
_GONE = "这条提议已经处理过，或者字幕、题目改过，请看页面上现在的提议。"


def proposals_of(course: Course, lesson: Lesson) -> list[Proposal]:
    """What could be asked in the windows of `lesson` that hold no question yet; none without captions.

    `lesson` has its video and questions attached. What was answered, and what the bank holds, is left out.
    """
    video = lesson.video
    sentences = sentences_said(video) if video and video.duration_s else []
    if not sentences:
        return []
    asked = [row.at_s for row in lesson.placements.all() if row.at_s is not None]
    stated = {print_of(row.question.stem) for row in lesson.placements.all()}
    limits = {"duration_s": video.duration_s, "asked": asked, "settled": _settled(course, video.pk)}
    found = propose(sentences, **limits, stems=stated)
    held = _held(course, found)
    return propose(sentences, **limits, stems=stated | held) if held else found


def _settled(course: Course, video_id: uuid.UUID) -> list[Settled]:
    answers = ProposalAnswer.objects.filter(course=course, video=video_id)
    return [Settled(*row) for row in answers.values_list("start_s", "end_s", "print")]


def _held(course: Course, found: list[Proposal]) -> set[str]:
    """Prints of those stems that stand in the bank of the course's item already."""
    bank = Question.objects.filter(item=course.item_id, institution=course.institution_id)
    stems = bank.filter(stem__in=[each.draft.stem for each in found]).values_list("stem", flat=True)
    return {print_of(stem) for stem in stems}


def take_proposal(course_id: int, key: uuid.UUID, *, print: str, by: User) -> Question:
    """Make the proposed statement an unreviewed draft, answer 对, and place it in the lesson at its second.

    Raises `DraftRefused` when it is proposed no more, and as `standing_draft` does.
    """
    with transaction.atomic():
        course, lesson, proposal = _proposed(course_id, key, print, by)
        question = create_question(
            item=course.item,
            institution=course.institution,
            content=content_of(proposal),
            machine_drafted=True,
            by=by,
        )
        _answer(course, lesson, proposal, question=question, by=by)
        place_question(course_id, key, question=question, at_s=proposal.at_s, by=by)
    return question


def dismiss_proposal(course_id: int, key: uuid.UUID, *, print: str, by: User) -> None:
    """Let a sentence not be proposed to this course again; raises as `take_proposal` does."""
    with transaction.atomic():
        course, lesson, proposal = _proposed(course_id, key, print, by)
        _answer(course, lesson, proposal, question=None, by=by)


def content_of(proposal: Proposal) -> Content:
    """The draft as a question; its explanation says where the words come from."""
    return Content(
        type=QuestionType.TRUE_FALSE,
        stem=proposal.draft.stem,
        answer=(TRUE,),
        explanation=f"视频 {clock(proposal.start_s)} 讲到：“{proposal.said}”",
    )


def _proposed(course_id: int, key: uuid.UUID, print: str, by: User) -> tuple[Course, Lesson, Proposal]:
    """The newest draft, its lesson, and the proposal of this print as it is made now."""
    draft = standing_draft(course_id, by=by)
    lesson = lesson_of(draft, key)
    attach([lesson])
    for proposal in proposals_of(draft, lesson):
        if proposal.print[:PRINT_LENGTH] == print:
            return draft, lesson, proposal
    raise DraftRefused(_GONE)


def _answer(
    course: Course, lesson: Lesson, proposal: Proposal, *, question: Question | None, by: User
) -> None:
    try:
        with transaction.atomic():
            ProposalAnswer.objects.create(
                course_id=course.pk,
                video=lesson.video,
                print=proposal.print[:PRINT_LENGTH],
                start_s=proposal.start_s,
                end_s=proposal.end_s,
                question=question,
                decided_by=by,
            )
    except IntegrityError as twice:
        raise DraftRefused(_GONE) from twice
