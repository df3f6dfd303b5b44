"""Four eyes on questions: who may judge one, in which state, and what the database holds to."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from question_bank.models import Question, QuestionState
from question_bank.questions.acts import retire_question, revise_question
from question_bank.questions.bulk import Draft, create_drafts
from question_bank.questions.reviewing import ReviewRefused, approve_question, send_question_back
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
REWORDED = replace(SINGLE, stem="发现有人低压触电，第一步是什么？")


@pytest.fixture
def question(write, author):
    return write(author)


@pytest.mark.parametrize(
    ("role", "institution"),
    [(Role.REVIEWER, "丙"), (Role.AUTHOR, "甲培训机构"), (Role.REVIEWER, "甲培训机构")],
)
def test_a_reviewer_or_a_colleague_reviews(question, person, role, institution):
    judge = person(role, institution)
    assert question in Question.objects.reviewable_by(judge)
    reviewed = approve_question(question, by=judge)
    assert (reviewed.state, reviewed.reviewed_by) == (QuestionState.REVIEWED, judge)
    assert reviewed.reviewed_at is not None


@pytest.mark.parametrize(
    ("role", "institution"),
    [(Role.AUTHOR, "乙培训机构"), (Role.ADMIN, "丙"), (Role.INSTITUTION, "甲培训机构")],
)
def test_nobody_else_reviews(question, person, role, institution):
    judge = person(role, institution)
    assert question not in Question.objects.reviewable_by(judge)
    with pytest.raises(ReviewRefused, match="只有审核员和本机构的课程作者"):
        approve_question(question, by=judge)


def test_whoever_wrote_any_version_does_not_review(question, author, person):
    colleague = person(Role.AUTHOR)
    revised = revise_question(question, content=REWORDED, knowledge_points=(), by=colleague)
    for writer in (author, colleague):
        assert revised not in Question.objects.reviewable_by(writer)
        with pytest.raises(ReviewRefused, match="须由另一个人审定"):
            approve_question(revised, by=writer)


def test_the_database_itself_refuses_a_review_of_ones_own_and_one_by_nobody(question, author):
    for reviewer in (author, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.update(state=QuestionState.REVIEWED, reviewed_by=reviewer)


def test_what_is_retired_or_reviewed_is_not_reviewed(question, author, person):
    judge = person(Role.REVIEWER)
    approve_question(question, by=judge)
    with pytest.raises(ReviewRefused, match="这道题现在是“已审”"):
        approve_question(question, by=judge)
    retire_question(question, by=author)
    with pytest.raises(ReviewRefused, match="这道题现在是“已停用”"):
        approve_question(question, by=judge)


def test_a_question_sent_back_stays_a_draft_with_the_note_until_it_is_revised(question, author, person):
    judge = person(Role.REVIEWER)
    with pytest.raises(ReviewRefused, match="请写明要改什么"):
        send_question_back(question, note=" ", by=judge)
    sent = send_question_back(question, note="题干有歧义。", by=judge)
    assert (sent.state, sent.review_note) == (QuestionState.DRAFT, "题干有歧义。")
    assert revise_question(question, content=REWORDED, knowledge_points=(), by=author).review_note == ""


def test_a_question_its_author_has_to_complete_waits_for_nobody_else(client, item, author, person):
    rough = Draft(replace(SINGLE, explanation=""))
    create_drafts(item=item, institution=author.institution, drafts=[rough], source="a", by=author)
    client.force_login(person(Role.REVIEWER))
    assert client.get(reverse("bank:review_next")).url == reverse("bank:review_done")
    client.force_login(author)
    assert "1 道没有解析、补上后才能审定" in client.get(reverse("bank:review_done")).content.decode()
