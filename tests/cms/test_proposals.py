"""Questions proposed from the transcript: drafted by one click, counted only when another person approved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.roles import Role
from cms import drafts
from cms.course_page import rows_of
from cms.density import proposals
from cms.models import Course, ProposalAnswer
from cms.review.gates import obstacles_of
from media_pipeline import captioning
from media_pipeline.captions import Cue
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from question_bank.questions.reviewing import approve_question
from tests.makers import make_course, make_user, make_video

SAID = [
    Cue(2, 6, "作业人员必须取得操作证后方可上岗。"),
    Cue(8, 9, "接着讲。"),
    Cue(60, 66, "在金属容器内照明电压不得超过12伏。"),
    Cue(70, 71, "完了。"),
]


@pytest.fixture
def author(db):
    return make_user(Role.AUTHOR)


@pytest.fixture
def course(author) -> Course:
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="触电", by=author)
    video = make_video(by=author, duration_s=500)
    captioning.save(video, SAID, based_on=0, by=author, now=timezone.now())
    drafts.attach_video(course.pk, key, video=video, by=author)
    course.refresh_from_db()
    return course


def row_of(course: Course):
    course.refresh_from_db()
    (row,) = rows_of(course.get_latest_revision_as_object())[1]
    return row


def found(course: Course):
    return proposals.proposals_of(course, row_of(course).lesson)


def take(course: Course, author, print: str = "") -> Question:
    row = row_of(course)
    print = print or proposals.proposals_of(course, row.lesson)[0].print
    return proposals.take_proposal(course.pk, row.lesson.key, print=print, by=author)


def codes(course: Course) -> set[str]:
    course.refresh_from_db()
    return {obstacle.code for obstacle in obstacles_of(course.get_latest_revision_as_object())}


def test_one_click_makes_a_draft_at_that_second_with_its_source(course, author):
    question = take(course, author)
    (placed,) = row_of(course).lesson.placements.all()
    assert (placed.question_id, placed.at_s) == (question.pk, 6)
    assert (question.type, question.key, question.state) == ("true_false", "对", "draft")
    assert question.stem == "作业人员必须取得操作证后方可上岗。"
    assert "0:02 讲到：“作业人员必须取得操作证后方可上岗。”" in question.explanation
    assert question.machine_drafted


def test_it_counts_for_the_gate_only_when_another_person_approved_it(course, author):
    question = take(course, author)
    row = row_of(course)
    assert (row.facts.usable_questions, row.lacking) == (0, 1)
    assert (row.windows[0].questions, row.windows[0].unreviewed) == (0, 1)
    assert {"too_few_questions", "unreviewed_drafts"} <= codes(course)
    revise_question(question, content=question.content, knowledge_points=["急救"], by=author)
    assert "too_few_questions" in codes(course)
    question.refresh_from_db()
    approve_question(question, by=make_user(Role.AUTHOR, institution=author.institution))
    assert not {"too_few_questions", "unreviewed_drafts"} & codes(course)
    assert row_of(course).windows[0].questions == 1


def test_changed_again_it_waits_for_review_again(course, author):
    question = take(course, author)
    approve_question(question, by=make_user(Role.REVIEWER))
    question.refresh_from_db()
    revised = question.content.__class__(
        type="true_false", stem="不必取得操作证。", answer=("F",), explanation="。"
    )
    revise_question(question, content=revised, knowledge_points=[], by=author)
    assert "unreviewed_drafts" in codes(course)


def test_no_sentence_is_proposed_twice(course, author):
    first, second = found(course)
    take(course, author, first.print)
    assert found(course) == []  # its window has a question now
    with pytest.raises(drafts.DraftRefused):
        take(course, author, first.print)
    question = Question.objects.get()
    drafts.remove_question(course.pk, row_of(course).lesson.key, question=question, by=author)
    assert [each.print for each in found(course)] == [second.print]
    assert Question.objects.count() == 1


def test_dismissed_stays_dismissed_also_when_the_captions_are_mended(course, author):
    row = row_of(course)
    first = found(course)[0]
    proposals.dismiss_proposal(course.pk, row.lesson.key, print=first.print, by=author)
    mended = [Cue(2, 6, "作业人员必须取得特种作业操作证后方可上岗。"), *SAID[1:]]
    captioning.save(row.lesson.video, mended, based_on=1, by=author, now=timezone.now())
    assert [each.said for each in found(course)] == [SAID[2].text]
    assert Question.objects.count() == 0


def test_what_the_bank_holds_is_not_proposed(course, author):
    take(course, author)
    other = make_course(by=author)
    key = drafts.add_lesson(other.pk, title="同一段视频", by=author)
    drafts.attach_video(other.pk, key, video=row_of(course).lesson.video, by=author)
    assert [each.said for each in found(other)] == [SAID[2].text]


def test_a_stranger_can_neither_take_nor_dismiss(course):
    stranger = make_user(Role.AUTHOR)
    row = row_of(course)
    print = found(course)[0].print
    for act in (proposals.take_proposal, proposals.dismiss_proposal):
        with pytest.raises(PermissionDenied):
            act(course.pk, row.lesson.key, print=print, by=stranger)
    assert not ProposalAnswer.objects.exists()


def test_the_page_marks_proposals_as_unreviewed_and_takes_one(client, course, author):
    client.force_login(author)
    row = row_of(course)
    address = f"/admin/courses/{course.pk}/lessons/{row.lesson.key}/questions/"
    page = client.get(address).content.decode()
    assert page.count("未审核草稿</span>") == 2 and "听 0:02 处" in page
    first = found(course)[0]
    answer = client.post(f"{address}proposals/", {"print": first.print, "take": "1"})
    question = Question.objects.get()
    assert answer.url == f"{address}#q{question.pk}"
    page = client.get(address).content.decode()
    assert "未审核草稿，不算题数" in page and "待审 1 道" in page
    dismissed = client.post(f"{address}proposals/", {"print": "没有这一句"}, follow=True).content.decode()
    assert "已经处理过" in dismissed


def test_the_page_says_why_nothing_is_proposed(client, author):
    course = make_course(by=author)
    key = drafts.add_lesson(course.pk, title="无字幕", by=author)
    drafts.attach_video(course.pk, key, video=make_video(by=author), by=author)
    client.force_login(author)
    page = client.get(f"/admin/courses/{course.pk}/lessons/{key}/questions/").content.decode()
    assert "这个视频还没有字幕" in page


def test_a_reviewer_sees_the_strip_but_no_proposals(client, course):
    client.force_login(make_user(Role.REVIEWER))
    row = row_of(course)
    page = client.get(f"/admin/courses/{course.pk}/lessons/{row.lesson.key}/questions/").content.decode()
    assert "0:00–8:20" in page and "可以加题的地方" not in page


def test_whoever_may_judge_a_draft_finds_it_on_the_lessons_page(client, course, author):
    question = take(course, author)
    address = f"/admin/courses/{course.pk}/lessons/{row_of(course).lesson.key}/questions/"
    judging = f'href="/admin/bank/questions/{question.pk}/review/"'
    for user, offered in ((author, False), (make_user(Role.REVIEWER), True)):
        client.force_login(user)
        assert (judging in client.get(address).content.decode()) is offered
