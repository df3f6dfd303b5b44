"""Copies, contradictions and pairs that only look alike."""

import pytest

from question_bank.content import Content
from question_bank.importing.updating import Standing
from tests.question_bank.importing.reading import judged

LIVE = "1. 可以带电作业。\n答案：错\n"


def states(text, **others):
    return [str(verdict.state) for verdict in judged(text, **others).verdicts]


@pytest.mark.parametrize(
    "copy",
    ["可以带电作业。", "可以 带电作业", "可以带电作业。（ ）", "可以带电作业．"],
)
def test_a_copy_is_counted_as_a_duplicate_and_told_where_the_first_stands(copy):
    found = judged(f"{LIVE}2. {copy}\n答案：×\n")
    assert [str(verdict.state) for verdict in found.verdicts] == ["accepted", "duplicate"]
    [said] = [(where, d.message) for where, d in found.problems() if d.code == "duplicate"]
    assert said == ("第 3 行", "与第 1 行相同，没有重复导入。")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("可以带电作业。", "不可以带电作业。"),
        ("无证人员可以上岗。", "非持证人员可以上岗。"),
        ("自2009年10月1日起施行。", "自2008年10月1日起施行。"),
        ("绝缘电阻应大于 0.5 MΩ。", "绝缘电阻应大于 0.5 mΩ。"),
        ("面积为 10² mm。", "面积为 102 mm。"),
        ("导线为 ① 类。", "导线为 1 类。"),
    ],
)
def test_statements_that_differ_by_a_negation_or_a_number_are_two_questions(one, other):
    assert states(f"1. {one}\n答案：对\n2. {other}\n答案：错\n") == ["accepted", "accepted"]


def test_options_in_another_order_with_the_same_words_right_are_a_copy():
    text = "1. 甲（ ）。\nA. 子\nB. 丑\n答案：A\n2. 甲（ ）。\nA. 丑\nB. 子\n答案：B\n"
    assert states(text) == ["accepted", "duplicate"]


def test_the_same_question_with_two_keys_is_refused_on_both_sides():
    found = judged(f"{LIVE}2. 可以带电作业。\n答案：对\n3. 可以带电作业。\n答案：对\n")
    assert [str(verdict.state) for verdict in found.verdicts] == ["refused"] * 3
    assert [d.message for d in found.verdicts[0].defects] == [
        "与第 3 行题干、选项相同，答案却不同（这里是 错，那里是 对）；请核对后再导入。"
    ]


@pytest.mark.parametrize(
    ("answer", "state", "message"),
    [
        ("F", "duplicate", "与题库第 7 号题相同，没有重复导入。"),
        (
            "T",
            "refused",
            "与题库第 7 号题题干、选项相同，答案却不同（这里是 错，那里是 对）；请核对后再导入。",
        ),
    ],
)
def test_a_question_that_stands_in_the_bank_is_compared(answer, state, message):
    standing = Content(type="true_false", stem="可以带电作业。", answer=(answer,))
    [verdict] = judged(LIVE, bank=[Standing("题库第 7 号题", standing)]).verdicts
    assert (verdict.state, verdict.defects[0].message) == (state, message)


def test_found_is_always_accepted_and_duplicates_and_refused():
    text = f"{LIVE}{LIVE}3. 甲。\n4. 乙（ ）。\nA. 子\nB. 丑\n答案：A\n"
    found = judged(text)
    assert states(text) == ["accepted", "duplicate", "refused", "accepted"]
    assert len(found.verdicts) == sum(found.count(state) for state in ("accepted", "duplicate", "refused"))


def test_missing_explanations_are_said_once_for_the_file():
    said = judged("1. 甲。\n答案：对\n2. 乙。\n答案：对\n解析：因为。\n3. 丙。\n答案：错\n").problems()
    assert [(where, d.level, d.code, d.message) for where, d in said] == [
        (
            "整份文件",
            "warning",
            "explanation_missing",
            "有 2 道题没有填写解析，错题回放时学员要看到解析，请填写。（附件3第33项）",
        )
    ]
