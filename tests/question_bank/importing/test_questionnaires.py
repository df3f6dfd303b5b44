"""Banks as questionnaires, web pages and papers give them: boxes, types behind stems, page numbers."""

import pytest

from tests.question_bank.importing.reading import codes, judged, short

FIRST = ("single", "触电后先做什么？", ["断电", "喊人", "泼水"], "A")
BARE = ("true_false", "带电作业可以不戴手套。", [], "F")


@pytest.mark.parametrize(
    "text",
    [
        "1. 触电后先做什么？ [单选题] *\n●断电\n○喊人\n○泼水\n"
        "2. 带电作业可以不戴手套。 [判断题] *\n○对\n●错\n",
        "1. 触电后先做什么？[单选]\n●A. 断电  ○B. 喊人  ○C. 泼水\n2. 带电作业可以不戴手套。\n□对\n☑错\n",
    ],
)
def test_boxes_are_options_and_a_full_one_is_the_key(text):
    assert short(text) == [FIRST, BARE]
    assert codes(text) == [["answer_from_marks"]] * 2


def test_where_options_are_called_right_a_full_box_is_what_somebody_chose():
    text = (
        "* 1. 触电后先做什么？【单选题】（2分）\n○ 断电（正确答案）\n○ 喊人\n● 泼水\n"
        "* 2. 带电作业可以不戴手套。（判断题）\n○对  ○错(正确答案)\n"
    )
    assert (short(text), codes(text)) == ([FIRST, BARE], [[], []])


def test_boxes_are_lettered_for_a_key_that_is_written():
    text = "1. 防护用品有？[多选题]\n□安全帽\n□手套\n□饮料\n答案：AB\n"
    assert short(text) == [("multiple", "防护用品有？", ["安全帽", "手套", "饮料"], "AB")]
    assert codes(text) == [[]]


def test_full_boxes_in_an_explanation_are_mere_bullets():
    text = "1. 触电后先断电。\n答案：对\n解析：\n●断电\n●救人\n2. 先救人。\n答案：错\n"
    assert [v.content.explanation for v in judged(text).verdicts] == ["●断电\n●救人", ""]


def test_a_type_behind_a_stem_is_no_part_of_it_and_may_refuse_the_question():
    text = "1. 断电用____。（填空题）\n答案：开关\n2. 先断电，由班长（选择）。\nA. 甲\nB. 乙\n答案：A\n"
    assert codes(text) == [["type_unknown"], []]
    assert judged(text).verdicts[1].content.stem == "先断电，由班长（选择）。"


def test_page_numbers_and_buttons_are_no_words_of_a_question():
    text = (
        "1. 触电后先做\n第 1 页 共 9 页\n什么？\nA. 断电\n- 2 -\nB. 喊人\n查看答案\n"
        "正确答案：A\n收藏 分享 纠错\n"
        "2. 先断电。\n第2页/共9页\n答案：对\n"
    )
    found = [(v.content.stem, v.content.options, v.content.explanation) for v in judged(text).verdicts]
    assert found == [("触电后先做\n什么？", ("断电", "喊人"), ""), ("先断电。", (), "")]


def test_the_marks_of_markdown_are_no_words_either():
    text = "### 单选题\n**1. 触电后先做什么？**\n- A. 断电\n- B. 喊人\n- C. 泼水\n\n**答案：A**\n"
    assert short(text) == [FIRST]


def test_each_chapter_may_have_its_own_list_of_keys():
    asked = "1. 甲要（ ）。\nA. 子{0}\nB. 丑{0}\n2. 乙要（ ）。\nA. 寅{0}\nB. 卯{0}\n"
    parts = [f"第{n}章 用电\n一、单选题\n{asked.format(n)}" for n in "一二"]
    keys = ["第一章参考答案\n1.B 2.A\n", "第二章参考答案\n1.A 2.B\n"]
    for text in (parts[0] + keys[0] + parts[1] + keys[1], "".join(parts + keys)):
        assert [question[3] for question in short(text)] == ["B", "A", "A", "B"]


def test_numbers_above_their_keys_are_a_list():
    text = "1. 甲要（ ）。\nA. 子\nB. 丑\n2. 乙可以。\n答案\n题号  1  2\n答案  B  ×\n"
    assert [question[3] for question in short(text)] == ["B", "F"]
