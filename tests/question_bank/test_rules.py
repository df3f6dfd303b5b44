from dataclasses import replace

import pytest

from question_bank.content import Content
from question_bank.rules import content_problems, passes, required_questions, small_bank_warning, windows
from tests.question_bank.conftest import SINGLE

MULTIPLE = replace(SINGLE, type="multiple", answer=("A", "B"))
TRUE_FALSE = Content(type="true_false", stem="可以带电作业。", answer=("F",), explanation="不可以。")


@pytest.mark.parametrize(
    ("duration_s", "required"),
    [(None, 0), (0, 0), (-1, 0), (0.5, 1), (600.000, 1), (600.001, 2), (1200, 2), (45 * 60, 5), (51 * 60, 6)],
)
def test_every_begun_ten_minutes_of_video_need_one_question(duration_s, required):
    assert required_questions(duration_s) == required
    assert len(windows(duration_s)) == required


def test_the_windows_cover_the_video_and_the_last_one_is_as_short_as_it_is():
    assert windows(25 * 60) == [(0.0, 600.0), (600.0, 1200.0), (1200.0, 1500.0)]


@pytest.mark.parametrize(
    ("correct", "total", "passed"),
    [
        (79, 100, False),
        (80, 100, True),
        (81, 100, True),
        (4, 5, True),
        (3, 4, False),
        (4, 4, True),
        (0, 0, False),
        (7999, 10000, False),
    ],
)
def test_eighty_of_a_hundred_passes_without_rounding(correct, total, passed):
    assert passes(correct, total) is passed


def test_a_bank_below_five_questions_warns_that_passing_means_all_right():
    assert [small_bank_warning(count) is not None for count in (0, 1, 4, 5)] == [False, True, True, False]
    assert small_bank_warning(3) == (
        "现有 3 道题，少于 5 道时 80 分等于全部答对，建议再补充题目。（附件3第32项）"
    )


@pytest.mark.parametrize("content", [SINGLE, MULTIPLE, TRUE_FALSE, replace(TRUE_FALSE, answer=("T",))])
def test_a_whole_question_has_no_problems(content):
    assert content_problems(content) == []


@pytest.mark.parametrize(
    ("content", "code", "field", "message"),
    [
        (
            replace(SINGLE, type="essay"),
            "type_unknown",
            "type",
            "题型不能识别，请选择判断题、单选题或多选题。",
        ),
        (replace(SINGLE, stem="  "), "stem_empty", "stem", "题干是空的，请填写题干。"),
        (
            replace(SINGLE, stem="题" * 2001),
            "stem_too_long",
            "stem",
            "题干共 2001 字，最多 2000 字，请精简。",
        ),
        (
            replace(SINGLE, options=("切断电源",)),
            "options_too_few",
            "options",
            "单选题至少需要 2 个选项，现有 1 个，请补充。",
        ),
        (
            replace(MULTIPLE, options=("甲", "乙")),
            "options_too_few",
            "options",
            "多选题至少需要 3 个选项，现有 2 个，请补充。",
        ),
        (
            replace(SINGLE, options=tuple(str(number) for number in range(27))),
            "options_too_many",
            "options",
            "选项最多 26 个（A–Z），现有 27 个，请删减。",
        ),
        (
            replace(TRUE_FALSE, options=("对", "错")),
            "options_unexpected",
            "options",
            "判断题不列选项，请删去选项或改选其他题型。",
        ),
        (replace(SINGLE, options=("甲", " ")), "option_empty", "options", "选项 B 是空的，请填写或删去。"),
        (
            replace(SINGLE, options=("5 mA", "乙", "５mA")),
            "option_repeated",
            "options",
            "选项 C 与选项 A 相同，请修改其中一个。",
        ),
        (
            replace(SINGLE, options=("甲", "乙" * 501)),
            "option_too_long",
            "options",
            "选项 B 共 501 字，最多 500 字，请精简。",
        ),
        (replace(SINGLE, answer=()), "answer_empty", "answer", "没有填写答案，请填写。"),
        (
            replace(SINGLE, answer=("D",)),
            "answer_unknown",
            "answer",
            "答案 D 不在选项之中，现有 3 个选项，请核对。",
        ),
        (
            replace(TRUE_FALSE, answer=("A",)),
            "answer_unknown",
            "answer",
            "判断题的答案应为“对”或“错”，现为“A”，请修改。",
        ),
        (
            replace(SINGLE, answer=("A", "B")),
            "answer_too_many",
            "answer",
            "单选题只有 1 个答案，现有 2 个（AB），请只留一个。",
        ),
        (
            replace(TRUE_FALSE, answer=("T", "F")),
            "answer_too_many",
            "answer",
            "判断题只有 1 个答案，现有 2 个（TF），请只留一个。",
        ),
        (
            replace(MULTIPLE, answer=("B",)),
            "answer_too_few",
            "answer",
            "多选题至少有 2 个答案，现只有 1 个（B）；请补充，或改为单选题。",
        ),
        (
            replace(MULTIPLE, answer=("A", "A")),
            "answer_repeated",
            "answer",
            "答案“AA”中有重复的字母，请删去。",
        ),
        (
            replace(SINGLE, explanation=" "),
            "explanation_missing",
            "explanation",
            "没有填写解析，错题回放时学员要看到解析，请填写。（附件3第33项）",
        ),
        (
            replace(SINGLE, explanation="析" * 2001),
            "explanation_too_long",
            "explanation",
            "解析共 2001 字，最多 2000 字，请精简。",
        ),
        (
            replace(SINGLE, difficulty=4),
            "difficulty_unknown",
            "difficulty",
            "难度只能是易、中、难，或不填，请修改。",
        ),
    ],
)
def test_one_defect_is_one_sentence_that_says_what_to_do(content, code, field, message):
    assert [(p.code, p.field, p.message) for p in content_problems(content)] == [(code, field, message)]


def test_all_defects_are_named_at_once_in_reading_order():
    empty = Content(type="single", stem="")
    assert [problem.code for problem in content_problems(empty)] == [
        "stem_empty",
        "options_too_few",
        "answer_empty",
        "explanation_missing",
    ]
