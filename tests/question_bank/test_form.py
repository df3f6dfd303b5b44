from dataclasses import replace

import pytest

from question_bank.content import Content
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from question_bank.questions.forms import QuestionForm
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
TYPED = {
    "type": "multiple",
    "stem": "哪些是绝缘工具？",
    "options": "A. 绝缘手套\nB. 绝缘靴\nC. 铁丝",
    "answer": "ba",
    "explanation": "铁丝导电。",
    "difficulty": "2",
    "knowledge_points": "绝缘、安全用具",
}
READ = Content(
    type="multiple",
    stem="哪些是绝缘工具？",
    options=("绝缘手套", "绝缘靴", "铁丝"),
    answer=("A", "B"),
    explanation="铁丝导电。",
    difficulty=2,
)


def form(data, author, item, **others):
    return QuestionForm(data, item=item, institution=author.institution, by=author, **others)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({}, {}),
        (
            {"type": "single", "answer": "c", "difficulty": ""},
            {"type": "single", "answer": ("C",), "difficulty": None},
        ),
        (
            {"type": "true_false", "options": "", "answer": "×"},
            {"type": "true_false", "options": (), "answer": ("F",)},
        ),
    ],
)
def test_each_type_is_written_as_it_is_typed(author, item, typed, read):
    filled = form(TYPED | typed, author, item)
    assert filled.is_valid(), filled.errors
    question = filled.save()
    assert question.content == replace(READ, **read)
    assert (question.item, question.institution, question.created_by) == (item, author.institution, author)
    assert {point.name for point in question.knowledge_points.all()} == {"绝缘", "安全用具"}


def test_each_defect_stands_beside_its_field(author, item):
    filled = form(TYPED | {"stem": "", "answer": "D", "explanation": ""}, author, item)
    assert not filled.is_valid()
    assert filled.errors == {
        "stem": ["题干是空的，请填写题干。"],
        "answer": ["答案 D 不在选项之中，现有 3 个选项，请核对。"],
        "explanation": ["没有填写解析，错题回放时学员要看到解析，请填写。（附件3第33项）"],
    }


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"type": "essay"}, TYPED | {"difficulty": "9"}, TYPED | {"knowledge_points": "点" * 101}],
)
def test_nonsense_is_refused_and_writes_nothing(author, item, nonsense):
    assert not form(nonsense, author, item).is_valid()
    assert Question.objects.count() == 0


def test_a_person_without_an_institution_is_told_why_nothing_can_be_written(author, item):
    filled = QuestionForm(TYPED, item=item, institution=None, by=author)
    assert not filled.is_valid()
    assert filled.non_field_errors() == ["您的账号没有所属机构，不能新建题目，请联系平台管理员设置。"]


def test_a_question_shown_and_saved_unchanged_stays_as_it_is(author, item, write):
    question = write(author, points=("触电急救",))
    shown = form(None, author, None, instance=question)
    again = form(dict(shown.initial) | {"type": "single"}, author, None, instance=question)
    assert again.is_valid(), again.errors
    assert (again.save().version, question.versions.count()) == (1, 1)


def test_a_slower_editor_keeps_what_was_typed_and_may_save_it_knowingly(author, item, write):
    question = write(author)
    typed = dict(form(None, author, None, instance=question).initial) | {"stem": "慢的一方"}
    revise_question(question, content=replace(SINGLE, stem="快的一方"), knowledge_points=(), by=author)

    refused = form(typed, author, None, instance=question)
    assert refused.is_valid() and refused.save() is None
    assert "已将这道题改为第 2 版" in refused.non_field_errors()[0]
    assert refused["stem"].value() == "慢的一方"

    again = form(refused.data, author, None, instance=question)
    assert again.is_valid() and again.save().version == 3


def test_a_revision_that_does_not_say_which_version_it_changes_is_refused(author, write):
    filled = form(TYPED, author, None, instance=write(author))
    assert (filled.is_valid(), list(filled.errors)) == (False, ["version"])


@pytest.mark.parametrize(
    ("typed", "standing", "expected"),
    [
        ("甲、乙、丙", ("甲", "乙"), ("甲", "乙", "丙")),
        ("甲", ("甲", "乙", "丁"), ("甲", "丁")),  # 乙 was taken away, 丁 came meanwhile
        ("甲、乙", ("甲",), ("甲",)),  # 乙 was taken away by the other
        ("", ("甲", "乙"), ()),
    ],
)
def test_of_two_editors_of_knowledge_points_neither_undoes_the_other(
    author, write, typed, standing, expected
):
    question = write(author, points=("甲", "乙"))
    posted = dict(form(None, author, None, instance=question).initial) | {"knowledge_points": typed}
    revise_question(question, content=question.content, knowledge_points=standing, by=author)
    filled = form(posted, author, None, instance=question)
    assert filled.is_valid() and filled.save()
    assert set(question.knowledge_points.values_list("name", flat=True)) == set(expected)
