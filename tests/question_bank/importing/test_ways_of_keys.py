"""Keys in the many ways in which people write them beside their questions."""

import pytest

from tests.question_bank.importing.reading import codes, judged, short

ASKED = "1. 进入有限空间前应（ ）。\nA. 通风\nB. 检测\nC. 签字\nD. 吸烟\n"


def keys(text):
    return ["".join(v.content.answer) if v.state == "accepted" else None for v in judged(text).verdicts]


@pytest.mark.parametrize(
    "key",
    [
        *("答案-B", "答案—B", "答案.B", "答案、B", "答案；B", "答案B", "【答案】-B", "【答案：B】"),
        *("标准答案为B。", "正确答案是选项B", "答案：选B", "答案：B项", "正确选项为：B", "选B", "应选：B"),
        *("（答案：B）", "答案】B", "答：B", "正确项：B", "答案：B、检测", "答案：B.检测"),
    ],
)
def test_a_key_has_many_names_and_marks(key):
    [verdict] = judged(f"{ASKED}{key}\n").verdicts
    assert (verdict.content.answer, verdict.content.options[3]) == (("B",), "吸烟")
    assert (verdict.content.explanation, verdict.defects) == ("", [])


@pytest.mark.parametrize("key", ["A.B.C", "A+B+C", "A、B、C", "A B C", "（A，B，C）", "A；B；C。"])
def test_letters_of_several_right_options_are_parted_in_many_ways(key):
    assert keys(f"多选题\n{ASKED}答案：{key}\n") == ["ABC"]


def test_a_bracket_around_the_key_is_none_of_the_last_option():
    text = "1. 甲应（ ）。A. 子 B. 丑 （答案：B）\n2. 乙应（ ）。A. 寅 B. 卯 答案-A\n"
    assert [(v.content.options, v.content.answer) for v in judged(text).verdicts] == [
        (("子", "丑"), ("B",)),
        (("寅", "卯"), ("A",)),
    ]


def test_a_letter_beside_the_words_of_another_option_is_refused():
    assert codes(f"{ASKED}答案：A. 检测\n") == [["answer_conflict"]]


def test_words_about_answers_are_no_keys():
    text = "1. 答案、解析都要核对，核对人是（ ）。\nA. 本人\nB. 他人\n解析：此题答案错误率高。\n答案：B\n"
    [verdict] = judged(text).verdicts
    assert (verdict.content.stem, verdict.content.answer) == ("答案、解析都要核对，核对人是（ ）。", ("B",))


@pytest.mark.parametrize(
    ("right", "wrong"), [("Y", "N"), ("是", "否"), ("√", "X"), ("T", "F"), ("对", "错"), ("正确", "错误")]
)
def test_signs_of_a_statement_stand_in_brackets_at_its_end(right, wrong):
    assert keys(f"判断题\n1. 先通风。（{right}）\n2. 后通风。（{wrong}）\n") == ["T", "F"]


def test_a_sign_within_a_statement_is_its_key_and_doubted():
    text = "判断题\n1. 高处作业（×）可以不系安全带。\n2. 图中（√）处合闸。\n答案：错\n"
    assert keys(text) == ["F", "F"]
    assert codes(text) == [["answer_within"], []]


def test_what_follows_a_sign_is_its_reason():
    text = "判断题\n1. 先检测后通风。（×）改正：先通风后检测。\n×2. 可以吸烟。\n√3. 应有人监护。\n"
    assert [("".join(v.content.answer), v.content.explanation) for v in judged(text).verdicts] == [
        ("F", "改正：先通风后检测。"),
        ("F", ""),
        ("T", ""),
    ]


@pytest.mark.parametrize("blank", ["__B__", "_B_", "{B}", "【B】"])
def test_a_letter_in_any_blank_is_the_key(blank):
    assert short(ASKED.replace("（ ）", blank))[0][3] == "B"


@pytest.mark.parametrize(
    "text",
    [
        "判断题\n1 甲要通风\n2 乙要通风\n3 丙要通风\n答案：1√ 2× 3√\n",
        "判断题\n1甲要通风。√\n2乙要通风。×\n3丙要通风。√\n",
        "判断题\n1\t甲要通风\t√\n2\t乙要通风\t×\n3\t丙要通风\t√\n",
    ],
)
def test_statements_counted_without_any_mark_are_questions_of_their_own(text):
    assert keys(text) == ["T", "F", "T"]


def test_two_statements_with_their_signs_are_not_taken_for_one():
    assert keys("判断题\n1\t甲要通风。\t×\n2\t乙要通风。\t√\n") == ["F", "T"]
