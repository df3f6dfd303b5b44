"""Keys that may be wrong: none is taken without a word."""

import pytest
from docx import Document

from question_bank.importing.keys import read_key
from tests.question_bank.importing.reading import judged, saved, workbook

ASKED = "1. 下列属于安全用具的有（ ）。\nA. 手套\nB. 绝缘靴\nC. 验电器\nD. 饭盒\n"


def said(source):
    """(key or nothing when refused, codes) of each question."""
    return [
        ("".join(v.content.answer) if v.state == "accepted" else None, [d.code for d in v.defects])
        for v in judged(source).verdicts
    ]


@pytest.mark.parametrize(
    "key", ["A-C", "A～D", "A至D", "A 或 C", "A.C", "A＋C", "A→C→B", "D？", "A ×", "A С", "√ ×", "对 错"]
)
def test_what_names_several_keys_or_none_for_sure_is_not_read_as_its_beginning(key):
    assert read_key(key) == read_key("")
    assert [
        (answer, [code for code in codes if code != "answer_empty"])
        for answer, codes in said(f"{ASKED}答案：{key}\n")
    ] == [(None, ["answer_unreadable"])]


@pytest.mark.parametrize("key", ["A。见规程", "AB（少选不得分）", "C 2分", "B、绝缘靴", "D. PVC管"])
def test_what_follows_a_key_may_be_its_explanation(key):
    assert read_key(key).letters


@pytest.mark.parametrize(("asked", "key"), [(ASKED, "B（应为C）"), ("判断题\n1. 先验电。\n", "×（应为√）")])
def test_a_key_that_is_taken_back_is_doubted(asked, key):
    [(_, codes)] = said(f"{asked}答案：{key}\n")
    assert codes == ["answer_glued"]


def test_what_somebody_chose_is_no_key():
    assert said(f"{ASKED}学生答案：B\n正确答案：A\n答题情况：错误\n") == [("A", [])]
    assert said(f"{ASKED}我的答案：A 正确答案：C 得分：0\n") == [("C", [])]
    assert said(f"{ASKED}您的答案：B\n") == [(None, ["answer_empty"])]


def test_a_list_behind_the_last_question_is_doubted():
    text = "".join(f"{n}. 第{n}种情形（ ）。\nA. 甲{n}\nB. 乙{n}\nC. 丙{n}\n" for n in (1, 2, 3))
    assert said(f"{text}答案：ABC\n")[2] == ("ABC", ["key_of_several"])
    assert said(text.replace("2. ", "答案：A\n2. ") + "答案：ABC\n")[2] == ("ABC", [])


def test_two_columns_of_keys_must_agree():
    heading = ("题目", "选项A", "选项B", "答案", "答案（修订）")
    rows = [
        heading,
        ("甲（）", "a", "b", "A", "B"),
        ("乙（）", "c", "d", "B", "B"),
        ("丙（）", "e", "f", "A", ""),
    ]
    assert said(workbook(rows)) == [(None, ["answer_conflict"]), ("B", []), ("A", [])]


def test_two_questions_of_gift_without_a_blank_line_are_refused():
    assert said("::1::甲是{=a ~b}\n::2::乙是{~c =d}\n") == [(None, ["questions_merged"])]


def test_keys_on_a_further_sheet_are_joined_by_number():
    asked = [("序号", "题目", "A", "B"), ("1", "甲（）", "a", "b"), ("2", "乙（）", "c", "d")]
    keys = [("序号", "答案"), ("2", "A"), ("1", "B")]
    assert said(workbook(asked, keys)) == [("B", []), ("A", [])]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("判断题\n1.（√）先验电。\n2. 再挂地线。【√】\n", "T"),
        (f"{ASKED.replace('（ ）', '【A】')}", "A"),
        (f"{ASKED}故选：B\n", "B"),
        (f"{ASKED}答案＝B\n", "B"),
        (f"{ASKED}标答：D\n", "D"),
    ],
)
def test_keys_are_written_in_many_ways(text, key):
    assert {answer for answer, _ in said(text)} == {key}


def test_keys_numbered_in_brackets_end_a_chapter():
    text = "第{0}章 基础\n(1)甲{0}是（ ）。\nA.a B.b\n(2)乙{0}是（ ）。\nA.c B.d\n答案：(1)A (2)B\n"
    assert [key for key, _ in said(text.format("一") + text.format("二"))] == ["A", "B", "A", "B"]


def test_a_mark_that_parts_the_options_is_none_of_their_words():
    [verdict] = judged("1. 灭火用（ ）。A、水、B、沙、C、土\n答案：B\n").verdicts
    assert (verdict.content.options, verdict.defects) == (("水", "沙", "土"), [])


def test_a_second_question_on_the_line_is_not_lost_in_the_first():
    assert said("判断题\n1. 甲对。（√） 2. 乙错。（×）\n3. 丙对。（√）\n") == [
        ("T", []),
        ("F", []),
        ("T", []),
    ]
    assert said("1. 甲是（A） A.a B.b C.c 2. 乙是（B） A.d B.e C.f\n") == [("A", []), ("B", [])]
    explained = "1. 甲对。\n答案：对\n解析：见教材第 2. 节（√）所述。\n"
    assert said(explained) == [("T", [])]
    merged = "1. 甲是（A） A.a B.b C.c 2. 乙是（B） A.d B.e\n2. 丙是（B） A.g B.h\n"
    assert said(merged) == [(None, ["questions_merged"]), ("B", [])]
    assert said("1. 先断电（A） A.a B.b C.分 2. 次\n") == [("A", [])]


def test_options_that_bring_their_letters_in_another_order_than_their_columns_are_refused():
    heading = ("题目", "选项A", "选项B", "选项C", "答案")
    rows = [heading, ("甲（）", "B.b", "A.a", "C.c", "A"), ("乙（）", "A.d", "B.e", "A、B都对", "C")]
    assert said(workbook(rows)) == [(None, ["option_letters"]), ("C", [])]


def test_marks_that_say_otherwise_than_the_key_are_doubted():
    assert said("1. 甲（ ）\nA.a√\nB.b\n答案：B\n") == [("B", ["marks_differ"])]
    assert said("1. 甲（ ）\nA.a√\nB.b\n答案：A\n") == [("A", [])]


@pytest.mark.parametrize("style", ["strike", "double_strike", "hidden"])
def test_words_crossed_out_or_hidden_are_none_of_the_key(style):
    document = Document()
    document.add_paragraph("1. 甲包括（ ）。\nA.a B.b C.c")
    key = document.add_paragraph("答案：")
    setattr(key.add_run("A").font, style, True)
    key.add_run("B")
    assert said(saved(document)) == [("B", [])]


def test_a_right_option_may_be_called_so_behind_a_box():
    assert said("1. 甲（ ）\n○A.a（正确答案）\n○B.b\n") == [("A", [])]
    assert said("1. 甲（ ）\n○A.a（正确答案）\n○B.b√\n○C.c\n") == [("AB", ["answer_from_marks"])]


def test_all_options_may_be_called_right():
    assert said("1. 甲（ ）[多选题]\n□a（正确答案）\n□b（正确答案）\n□c（正确答案）\n") == [("ABC", [])]


def test_a_letter_in_brackets_is_doubted_where_all_other_keys_stand_apart():
    apart = "".join(f"{number}. 甲{number}（ ）\nA.a\nB.b\n答案：A\n" for number in range(1, 6))
    labelled = "6. 相线（B）接开关时应先（ ）。\nA.断电\nB.验电\n"
    assert said(f"{apart}{labelled}")[-1][1][:1] == ["answer_in_stem_only"]
    inside = "".join(f"{number}. 设备{number}应先（B）再送电。\nA.断电\nB.验电\n" for number in range(1, 6))
    assert {tuple(codes) for _, codes in said(inside)} == {()}


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("一、判断题（正确的打×，错误的打√）", ["truth_reversed"]),
        ("判断题：对的画“×”，错的画“√”", ["truth_reversed"]),
        ("一、判断题（正确的打√，错误的打×）", []),
        ("二、判断题（对的打√，错的打×）", []),
        ("判断题（正确填A，错误填B）", []),
    ],
)
def test_a_heading_that_turns_the_signs_round_is_no_usual_one(heading, codes):
    assert said(f"{heading}\n1. 先验电。（√）\n") == [(None if codes else "T", codes)]
