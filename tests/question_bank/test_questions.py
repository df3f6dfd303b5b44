from dataclasses import replace

import pytest
from django.db.models import ProtectedError
from wagtail.log_actions import registry

from accounts.roles import Role
from question_bank.models import Question, QuestionState, QuestionVersion
from question_bank.models.version import VersionIsFrozen
from question_bank.questions.acts import (
    EditedMeanwhile,
    InvalidQuestion,
    restore_question,
    retire_question,
    revise_question,
)
from question_bank.questions.reviewing import ReviewRefused, approve_question
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
REWORDED = replace(SINGLE, stem="发现有人低压触电，第一步是什么？")


def actions(question):
    return [(entry.action, entry.user) for entry in registry.get_logs_for_instance(question)]


def test_a_new_question_is_a_draft_with_its_first_version(write, author):
    question = write(author, points=("触电急救",))
    assert (question.state, question.version, question.content) == (QuestionState.DRAFT, 1, SINGLE)
    assert [(v.number, v.content, v.created_by) for v in question.versions.all()] == [(1, SINGLE, author)]
    assert [point.name for point in question.knowledge_points.all()] == ["触电急救"]
    assert actions(question) == [("wagtail.create", author)]


def test_blanks_at_the_ends_are_not_words(write, author):
    untidy = replace(SINGLE, stem=" 低压触电后应首先怎么做？\n", options=("切断电源 ", " 拨打电话", "泼水"))
    assert write(author, untidy).content == SINGLE


def test_an_unfit_question_is_not_written(write, author):
    with pytest.raises(InvalidQuestion) as refused:
        write(author, replace(SINGLE, explanation="", answer=("D",)))
    assert [problem.code for problem in refused.value.problems] == ["answer_unknown", "explanation_missing"]
    assert Question.objects.count() == 0


def test_the_same_knowledge_point_serves_two_questions(write, author, item):
    write(author, points=("触电急救",))
    write(author, points=("触电急救", "验电"))
    assert sorted(item.knowledge_points.values_list("name", flat=True)) == ["触电急救", "验电"]


def test_changed_words_are_a_new_version_and_a_draft_again(write, author, person):
    question, reviewer = write(author), person(Role.REVIEWER)
    assert approve_question(question, by=reviewer).state == QuestionState.REVIEWED
    revised = revise_question(question, content=REWORDED, knowledge_points=(), by=author)
    assert (revised.state, revised.version, revised.content) == (QuestionState.DRAFT, 2, REWORDED)
    assert [(v.number, v.content) for v in revised.versions.order_by("number")] == [
        (1, SINGLE),
        (2, REWORDED),
    ]


def test_unchanged_words_make_no_version(write, author):
    question = write(author)
    revised = revise_question(question, content=SINGLE, knowledge_points=("验电",), by=author)
    assert (revised.version, revised.versions.count()) == (1, 1)
    assert [point.name for point in revised.knowledge_points.all()] == ["验电"]


def test_of_two_editors_the_slower_one_is_told_and_nothing_is_lost(write, author, person):
    question, colleague = write(author), person(Role.AUTHOR)
    revise_question(question, content=REWORDED, knowledge_points=(), by=colleague)
    with pytest.raises(EditedMeanwhile, match=f"您编辑期间，{colleague} 已将这道题改为第 2 版"):
        revise_question(question, content=replace(SINGLE, difficulty=3), knowledge_points=(), by=author)
    question.refresh_from_db()
    assert (question.version, question.content) == (2, REWORDED)


def test_what_was_changed_since_it_was_read_is_not_marked_reviewed(write, author, person):
    question, reviewer = write(author), person(Role.REVIEWER)
    revise_question(question, content=REWORDED, knowledge_points=(), by=author)
    with pytest.raises(ReviewRefused, match="这道题有了新的版本"):
        approve_question(question, by=reviewer)
    question.refresh_from_db()
    assert question.state == QuestionState.DRAFT


def test_a_retired_question_keeps_its_versions(write, author):
    question = write(author)
    retire_question(question, by=author)
    question.refresh_from_db()
    assert (question.state, question.versions.count()) == (QuestionState.RETIRED, 1)
    assert list(Question.objects.not_retired()) == []
    assert ("question_bank.retire", author) in actions(question)


def test_a_restored_question_is_a_draft_to_be_reviewed_anew(write, author, person):
    question = write(author)
    approve_question(question, by=person(Role.REVIEWER))
    retire_question(question, by=author)
    assert (restore_question(question, by=author), restore_question(question, by=author)) == (True, False)
    question.refresh_from_db()
    assert (question.state, question.reviewed_by, question.reviewed_at) == (QuestionState.DRAFT, None, None)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda version: version.save(),
        lambda version: version.delete(),
        lambda version: QuestionVersion.objects.update(stem="改"),
        lambda version: QuestionVersion.objects.all().delete(),
        lambda version: QuestionVersion.objects.bulk_update([version], ["stem"]),
    ],
)
def test_a_version_is_never_changed_nor_deleted(write, author, attempt):
    version = write(author).versions.get()
    version.stem = "改"
    with pytest.raises(VersionIsFrozen):
        attempt(version)
    assert QuestionVersion.objects.get().stem == SINGLE.stem


def test_a_question_with_versions_cannot_be_deleted(write, author):
    question = write(author)
    with pytest.raises(ProtectedError):
        question.delete()


@pytest.mark.parametrize(
    ("role", "institution", "sees"),
    [
        (Role.AUTHOR, "甲培训机构", {"甲"}),
        (Role.AUTHOR, "乙培训机构", {"乙"}),
        (Role.REVIEWER, "丙", {"甲", "乙"}),
        (Role.ADMIN, "丙", {"甲", "乙"}),
        (Role.INSTITUTION, "甲培训机构", set()),
    ],
)
def test_who_sees_which_question_is_one_rule_for_lists_and_for_one(write, person, role, institution, sees):
    for unit in ("甲", "乙"):
        write(person(Role.AUTHOR, f"{unit}培训机构"), replace(SINGLE, stem=unit))
    user = person(role, institution)
    assert {question.stem for question in Question.objects.visible_to(user)} == sees
    assert {question.stem for question in Question.objects.all() if question.is_visible_to(user)} == sees


def test_a_search_finds_chinese_words_in_any_order(write, author):
    write(author)
    write(author, replace(SINGLE, stem="接地电阻不大于多少？"))
    found = [Question.objects.search(text).count() for text in ("触电", "首先 触电", "接地 触电", "", "绝缘")]
    assert found == [1, 1, 0, 2, 0]
