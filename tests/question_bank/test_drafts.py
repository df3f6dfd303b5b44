from dataclasses import replace

import pytest

from question_bank.content import Content
from question_bank.models import KnowledgePoint, Question, QuestionVersion
from question_bank.questions.acts import InvalidQuestion
from question_bank.questions.bulk import Draft, create_drafts
from question_bank.rules import draft_problems
from tests.question_bank.conftest import SINGLE

PAIR = Content(type="multiple", stem="哪些对？", options=("甲", "乙"), answer=("A", "B"))


@pytest.mark.parametrize("content", [SINGLE, replace(SINGLE, explanation=""), PAIR])
def test_a_draft_may_lack_its_explanation_and_a_third_option(content):
    assert draft_problems(content) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (replace(SINGLE, answer=()), "answer_empty"),
        (replace(SINGLE, options=("甲",)), "options_too_few"),
        (replace(PAIR, options=("甲",), answer=("A", "A")), "options_too_few"),
    ],
)
def test_a_draft_may_not_lack_anything_else(content, code):
    assert code in [problem.code for problem in draft_problems(content)]


@pytest.mark.django_db
def test_many_drafts_are_written_in_a_fixed_number_of_queries(item, author, django_assert_max_num_queries):
    drafts = [Draft(replace(SINGLE, stem=f"第{n}题"), ("急救",)) for n in range(300)]
    with django_assert_max_num_queries(16):
        create_drafts(item=item, institution=author.institution, drafts=drafts, source="a.xlsx", by=author)
    assert (Question.objects.count(), QuestionVersion.objects.count()) == (300, 300)
    assert KnowledgePoint.objects.get().questions.count() == 300


@pytest.mark.django_db
def test_one_unfit_draft_keeps_all_from_being_written(item, author):
    drafts = [Draft(SINGLE), Draft(replace(SINGLE, answer=("Z",)))]
    with pytest.raises(InvalidQuestion, match="答案 Z 不在选项之中"):
        create_drafts(item=item, institution=author.institution, drafts=drafts, source="a.xlsx", by=author)
    assert Question.objects.count() == 0


@pytest.mark.django_db
def test_a_first_version_says_what_the_question_says(item, author):
    content = replace(SINGLE, explanation="见规程", difficulty=2, images=("a.png",))
    drafts = [Draft(replace(content, stem=f"第{n}题")) for n in range(3)]
    ids = create_drafts(item=item, institution=author.institution, drafts=drafts, source="a", by=author)
    kept = [Question.objects.get(pk=pk).versions.get() for pk in ids]
    assert [version.content for version in kept] == [draft.content for draft in drafts]
    assert {(version.number, version.created_by) for version in kept} == {(1, author)}
    assert all(version.created_at for version in kept)
