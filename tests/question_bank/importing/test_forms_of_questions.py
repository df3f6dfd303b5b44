"""Questions in forms that a person understands at a glance: labels, series, shared words, told keys."""

import pytest

from tests.question_bank.importing.reading import codes, judged, short, workbook

TWO = [
    ("single", "甲事要（ ）。", ["子", "丑", "寅"], "B"),
    ("multiple", "乙事包括（ ）。", ["辰", "巳", "午"], "AC"),
]


def keys(text):
    return ["".join(v.content.answer) if v.state == "accepted" else None for v in judged(text).verdicts]


@pytest.mark.parametrize(
    "text",
    [
        "题目：甲事要（ ）。\n选项：A. 子 B. 丑 C. 寅\n答案：B\n解析：因为。\n"
        "题目：乙事包括（ ）。\n选项：A. 辰 B. 巳 C. 午\n答案：AC\n",
        "题干：甲事要（ ）。\n选项A：子\n选项B：丑\n选项C：寅\n答案：B\n"
        "题干：乙事包括（ ）。\n选项A：辰\n选项B：巳\n选项C：午\n答案：AC\n",
        "Q1：甲事要（ ）。\nA) 子\nB) 丑\nC) 寅\n答：B\nQ2：乙事包括（ ）。\nA) 辰\nB) 巳\nC) 午\n答：AC\n",
        "1. 甲事要（ ）。\n①子\n②丑\n③寅\n答案：②\n2. 乙事包括（ ）。\n①辰 ②巳 ③午\n答案：①③\n",
        "1. 甲事要（ ）。\n(1) 子\n(2) 丑\n(3) 寅\n答案：(2)\n"
        "2. 乙事包括（ ）。\n(1)辰\n(2)巳\n(3)午\n答案：(1)(3)\n",
        "1. 甲事要（ ）。\nA. 子\nB. 丑\nC. 寅\n答 案 ：B\n"
        "2. 乙事包括（ ）。\nA. 辰\nB. 巳\nC. 午\n答  案：A C\n",
    ],
)
def test_labels_and_series_are_read_as_people_mean_them(text):
    assert short(text) == TWO
    assert codes(text) == [[], []]


def test_circled_numbers_name_the_columns_of_options():
    rows = [("题目", "A", "B", "C", "答案"), ("甲事要（ ）。", "子", "丑", "寅", "②")]
    assert short(workbook([*rows, ("乙事包括（ ）。", "辰", "巳", "午", "①③")])) == TWO


def test_statements_to_choose_among_stay_in_the_stem():
    text = "1. 正确的是（ ）。\n①子\n②丑\n③寅\nA. ①② B. ①③ C. ②③\n答案：C\n"
    text += "2. 正确的有（ ）。\n①子\n②丑\n③寅\n答案：C\n"
    assert keys(text) == ["C", None]


def test_lines_without_letters_are_options_when_the_key_names_one_and_doubted():
    text = "1. 甲事要（ ）。\n子\n丑\n寅\n答案：B\n2. 乙事包括哪些？\n辰\n巳\n午\n答案：AC\n"
    assert [question[2:] for question in short(text)] == [question[2:] for question in TWO]
    assert codes(text) == [["options_unlettered"]] * 2


@pytest.mark.parametrize(
    ("explanation", "key"),
    [
        ("【答案解析】选B。因为丑对。", "B"),
        ("答案解析：B。丑对。", "B"),
        ("解析：子不对，故选B。", "B"),
        ("解析：考查记忆，正确答案为B。", "B"),
        ("解析：A项错误，B项正确。", None),
        ("解析：A. 子错；B. 丑对。", None),
        ("解析：不应选A。", None),
        ("解析：有人说故选A，其实正确答案为B。", None),
    ],
)
def test_a_key_that_only_the_explanation_tells_is_doubted(explanation, key):
    text = f"1. 甲事要（ ）。\nA. 子\nB. 丑\n{explanation}\n"
    assert keys(text) == [key]
    assert codes(text) == [["answer_from_explanation" if key else "answer_empty"]]


@pytest.mark.parametrize("head", ["（2～3题共用题干）某厂着火。", "根据以下材料，回答第2-3题。\n某厂着火。"])
def test_words_that_several_questions_share_belong_to_each_of_them(head):
    text = f"1. 甲。\n答案：对\n{head}\n2. 乙（ ）。\nA. 子\nB. 丑\n答案：A\n3. 丙。\n答案：错\n"
    text += "4. 丁。\n答案：对\n"
    assert [v.content.stem for v in judged(text).verdicts] == [
        "甲。",
        "某厂着火。\n乙（ ）。",
        "某厂着火。\n丙。",
        "丁。",
    ]
    assert keys(text) == ["T", "A", "F", "T"]


def test_how_many_marks_questions_earn_is_no_word_that_they_share():
    assert short("（1-2题，每题1分）\n一、判断题\n1. 甲。（√）\n2. 乙。（×）\n")[0][:2] == (
        "true_false",
        "甲。（ ）",
    )


def test_a_title_on_every_page_is_no_word_of_an_option():
    text = "".join(f"{n}. 第{n}件。\nA. 子{n}\n某公司安全题库\nB. 丑{n}\n答案：A\n" for n in (1, 2, 3))
    assert [question[2] for question in short(text)] == [[f"子{n}", f"丑{n}"] for n in (1, 2, 3)]


def test_a_title_may_head_a_list_of_keys():
    asked = "一、判断题（共2题）\n1. 甲可做（ ）\n2. 乙可做（ ）\n"
    assert keys(f"安全竞赛题库\n{asked}安全竞赛题库答案\n一、判断题\n1.× 2.√\n") == ["F", "T"]


def test_letters_in_a_list_of_keys_may_be_parted():
    asked = "".join(f"{n}. 第{n}件包括（ ）。\nA. 子\nB. 丑\nC. 寅{n}\n" for n in (1, 2, 3))
    assert keys(f"多选题\n{asked}参考答案\n1、AB 2、A、C 3、ABC\n") == ["AB", "AC", "ABC"]


def test_a_list_of_keys_is_not_cut_at_a_letter_that_looks_like_an_option():
    asked = "".join(f"{n}. 第{n}件（ ）。\nA. 子\nB. 丑\nC. 寅{n}\n" for n in (1, 2, 3))
    assert keys(f"{asked}1.C 2.A、3.B\n") == ["C", "A", "B"]


def test_keys_that_stand_before_their_questions_are_not_given_to_the_ones_above():
    text = "答案：A\n1. 甲事要（ ）。\nA. 子\nB. 丑\n答案：B\n2. 乙事要（ ）。\nA. 寅\nB. 卯\n"
    assert [found[0] for found in codes(text)] == ["keys_lead", "keys_lead"]


@pytest.mark.parametrize("heading", ["（A为错误，B为正确）", "（A.× B.√）", "（错误的选A）"])
def test_letters_that_a_heading_turns_round_are_refused(heading):
    assert codes(f"判断题{heading}\n1. 甲可做。\n答案：A\n")[0][0] == "truth_reversed"


def test_the_usual_letters_of_right_and_wrong_are_assumed():
    assert codes("判断题（正确的选A，错误的选B）\n1. 甲可做。\n答案：A\n") == [["answer_assumed"]]


def test_the_rule_below_a_heading_in_markdown_is_no_question():
    text = "| 题目 | 选项A | 选项B | 答案 |\n|---|---|:---:|---|\n"
    text += "| 甲（ ）。 | 子 | 丑 | B |\n| 乙（ ）。 | 寅 | 卯 | A |\n"
    assert keys(text) == ["B", "A"]
