"""Texts as nobody would have told us: keys in ranges and after each part, numbers in levels, lost bytes."""

import pytest

from tests.question_bank.importing.reading import codes, judged, short

OPTIONS = "A. 子 B. 丑 C. 寅 D. 卯\n"
THREE = f"1. 甲是（ ）。\n{OPTIONS}2. 乙是（ ）。\n{OPTIONS}3. 丙是（ ）。\n{OPTIONS}"
CHOICES = f"一、单选题\n{THREE}"
STATEMENTS = "二、判断题\n1. 丁对。（ ）\n2. 戊对。（ ）\n3. 己对。（ ）\n"


def keys(data):
    return ["".join(verdict.content.answer) for verdict in judged(data).verdicts]


@pytest.mark.parametrize(
    "list_",
    [
        "参考答案\n一、单选题\n1-3 ABC\n二、判断题\n1-3 √×√\n",
        "参考答案\n一、单选题：1-3 ABC\n二、判断题：1-3 √×√\n",
        "答案：\n一、1.A 2.B 3.C\n二、1.√ 2.× 3.√\n",
        "附：参考答案\n1~3：ABC\n1—3：对错对\n",
        "附件1：答案及解析\n一、单选题\n1、A 2、B 3、C\n二、判断题\n1、正确 2、错误 3、正确\n",
        "【参考答案】\n单选题 1.A；2.B；3.C。\n判断题 1.T；2.F；3.T。\n",
    ],
)
def test_keys_stand_in_a_list_at_the_end_in_many_forms(list_):
    assert keys(f"{CHOICES}{STATEMENTS}{list_}") == ["A", "B", "C", "T", "F", "T"]


@pytest.mark.parametrize("list_", ["答案：1-3 ABC\n", "1-2 AB 3 C\n", "1.A 2.B 3.C\n", "答案：1.a 2.b 3.c\n"])
def test_a_line_of_keys_needs_no_heading(list_):
    assert keys(f"{THREE}{list_}") == ["A", "B", "C"]


def test_a_list_after_each_part_does_not_end_the_file():
    text = f"{CHOICES}答案：1-3 CBA\n{STATEMENTS}参考答案\n1.√ 2.√ 3.×\n"
    text += f"三、多选题\n1. 庚有（ ）。\n{OPTIONS}答案：AB\n"
    assert keys(text) == ["C", "B", "A", "T", "T", "F", "AB"]


def test_options_gone_through_in_an_explanation_do_not_end_the_list():
    text = (
        f"{THREE}参考答案\n1. A\n解析：A. 子对 B. 丑不对 C. 寅不对\n2. B 解析：\nA. 子不对\nB. 丑对\n3. C\n"
    )
    assert keys(text) == ["A", "B", "C"]


def test_a_list_that_counts_on_through_all_parts_serves_them_all():
    statements = STATEMENTS.replace("3.", "6.").replace("2.", "5.").replace("1.", "4.")
    assert keys(f"{CHOICES}{statements}参考答案：\n1-6 A B CD √ × √\n")[:3] == ["A", "B", "CD"]
    assert keys(f"{CHOICES}{statements}参考答案：\n1-6 ABC√×√\n") == ["A", "B", "C", "T", "F", "T"]


def test_as_many_keys_as_the_range_says_or_none():
    assert keys(f"{THREE}参考答案\n1-3 AB\n") == ["", "", ""]


@pytest.mark.parametrize("form", ["1.{} {}", "（{}）{}"])
def test_numbers_in_levels_or_brackets_are_numbers(form):
    text = "".join(
        f"{form.format(number, stem)}\nA. 子\nB. 丑\n答案：{key}\n"
        for number, stem, key in ((1, "甲是（ ）。", "A"), (2, "乙是（ ）。", "B"))
    )
    assert [(v.number, v.content.stem) for v in judged(text).verdicts] == [
        ("1", "甲是（ ）。"),
        ("2", "乙是（ ）。"),
    ]


def test_statements_in_a_stem_are_not_questions_and_a_decimal_is_no_number_in_levels():
    text = f"下列说法：\n（1）子对\n（2）丑对\n正确的是（ ）。\n{OPTIONS}答案：A\n"
    assert [v.content.stem for v in judged(text).verdicts] == [
        "下列说法：\n（1）子对\n（2）丑对\n正确的是（ ）。"
    ]
    text = "1.5 mm 的导线可用。\n答案：对\n1.5 m 的导线可用。\n答案：对\n"
    assert [v.content.stem for v in judged(text).verdicts][1:] == ["1.5 m 的导线可用。"]


def test_parts_in_brackets_are_sections_and_the_type_above_them_stays():
    part = "1. {}是（ ）。\nA. 子\nB. 丑\n答案：A\n"
    text = f"一、单选题\n（一）电工\n{part.format('甲')}（二）急救\n{part.format('乙')}"
    text += "二、判断题\n1. 丙。\n答案：对\n"
    assert [(v.section, str(v.content.type)) for v in judged(text).verdicts] == [
        ("（一）电工", "single"),
        ("（二）急救", "single"),
        ("二、判断题", "true_false"),
    ]


def test_fields_in_square_brackets_may_share_a_line():
    text = "1. 甲是（ ）。\nA. 子\nB. 丑\n【答案】A【解析】因为。【难度】易【知识点】急救、验电 一\n"
    [verdict] = judged(text).verdicts
    content = verdict.content
    assert (content.explanation, content.difficulty, verdict.knowledge_points) == (
        "因为。",
        1,
        ("急救", "验电 一"),
    )


@pytest.mark.parametrize("end", ["。 T", "。T", "。 对", " 正确", "（√）", "。√", "。（对）"])
def test_a_word_at_the_end_of_a_statement_is_its_key(end):
    assert keys(f"判断题\n1. 甲可以{end}\n2. 乙不可以（×）\n") == ["T", "F"]


def test_a_statement_that_ends_in_such_a_word_keeps_it_when_its_key_is_given():
    assert short("判断题\n1. 这种做法 正确\n答案：错\n") == [("true_false", "这种做法 正确", [], "F")]


def test_letters_in_the_blank_of_the_stem_are_not_options():
    assert short("1. 甲为（ A、C ）\nA．子\nB．丑\nC．寅\n") == [
        ("multiple", "甲为（ ）", ["子", "丑", "寅"], "AC")
    ]


@pytest.mark.parametrize("form", ["√{}", "*{}", "{}√", "{}（√）", "☑{}"])
def test_a_tick_beside_an_option_is_the_key_and_doubted(form):
    text = f"1. 甲是（ ）。\nA. 子\n{form.format('B. 丑')}\nC. 寅\n"
    assert short(text) == [("single", "甲是（ ）。", ["子", "丑", "寅"], "B")]
    assert codes(text) == [["answer_from_marks"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(encoding):
    assert keys(THREE.encode(encoding) + "答案：1-3 ABC\n".encode(encoding)) == ["A", "B", "C"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_off_within_a_character_loses_only_that_question(encoding):
    text = f"{THREE}答案：A\n4. 丁对。\n答案：对\n5. 戊己庚辛壬癸。\n答案：对\n解析：甲乙丙丁".encode(
        encoding
    )
    verdicts = judged(text[:-1]).verdicts
    assert [verdict.state for verdict in verdicts[-2:]] == ["accepted", "refused"]
    assert "text_broken" in [defect.code for defect in verdicts[-1].defects]
