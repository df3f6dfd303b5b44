"""Forms in which real banks write their questions, in words of our own."""

import pytest

from tests.question_bank.importing.reading import codes, judged, short

CUT = ("single", "触电后首先应（ ）。", ["切断电源", "拨打电话", "泼水", "等待"], "A")
EXTINGUISH = ("single", "电气火灾用（ ）扑救。", ["水", "二氧化碳", "泡沫", "酸碱"], "B")


@pytest.mark.parametrize(
    "text",
    [
        "1. 触电后首先应（ ）。\nA. 切断电源\nB. 拨打电话\nC. 泼水\nD. 等待\n答案：A\n"
        "2. 电气火灾用（ ）扑救。\nA. 水\nB. 二氧化碳\nC. 泡沫\nD. 酸碱\n答案：B\n",
        "1、触电后首先应（ ）。\nA、切断电源 B、拨打电话 C、泼水 D、等待\n正确答案：A\n"
        "2、电气火灾用（ ）扑救。\nA、水\tB、二氧化碳\tC、泡沫\tD、酸碱\n参考答案：\tB\n",
        "第1题   触电后首先应（ ）。\nA. 切断电源 B. 拨打电话 C. 泼水\nD. 等待 答案：A\n"
        "第2题   电气火灾用（ ）扑救。\nA. 水 B. 二氧化碳 C. 泡沫 D. 酸碱 答案是：b\n",
        "1．触电后首先应（A）。\n（A）切断电源\n（B）拨打电话\n（C）泼水\n（D）等待\n"
        "2．电气火灾用（ B ）扑救。\n(A)水  (B)二氧化碳  (C)泡沫  (D)酸碱\n",
        "1.\n触电后首先应（ ）。\nＡ．切断电源\nＢ．拨打电话\nＣ．泼水\nＤ．等待\n答案:Ａ\n"
        "2.\n电气火灾用（ ）扑救。\nA水\nB二氧化碳\nC泡沫\nD酸碱\n【答案】B\n",
        "[单选]1.触电后首先应（ ）。\nA.切断电源\nB.拨打电话\nC.泼水\nD.等待\n答案:A\n分数:10\n@@@\n"
        "[单选]2.电气火灾用（ ）扑救。\nA.水\nB.二氧化碳\nC.泡沫\nD.酸碱\n答案:B\n分数:10\n@@@\n",
        "1. 触电后首先应（ ）。 A.切断电源 B.拨打电话 C.泼水 D.等待\n答案：A\n"
        "2. 电气火灾用（ ）扑救。 A.水 B.二氧化碳 C.泡沫 D.酸碱\n答案：B\n",
        "触电后首先应（ ）。\nA. 切断电源\nB. 拨打电话\nC. 泼水\nD. 等待\n答案：A\n"
        "电气火灾用（ ）扑救。\nA. 水\nB. 二氧化碳\nC. 泡沫\nD. 酸碱\n答案：B\n",
        "1. 触电后首先应（ ）。\nA. 切断电源\nB. 拨打电话\nC. 泼水\nD. 等待\n"
        "2. 电气火灾用（ ）扑救。\nA. 水\nB. 二氧化碳\nC. 泡沫\nD. 酸碱\n参考答案\n1-2 AB\n",
        "1. 触电后首先应（ ）。\nA. 切断电源\nB. 拨打电话\nC. 泼水\nD. 等待\n"
        "2. 电气火灾用（ ）扑救。\nA. 水\nB. 二氧化碳\nC. 泡沫\nD. 酸碱\n答案及解析：\n1.A 2.B\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_question_in_ten_forms_and_four_encodings_is_the_same_question(text, encoding):
    assert short(text.replace("\n", "\r\n").encode(encoding)) == [CUT, EXTINGUISH]


@pytest.mark.parametrize(
    "text",
    [
        "判断题\n1. 可以带电作业。（×）\n2. 先断电再救人。（√）\n",
        "一、判断题（将判断结果填入括号中。正确的填“√”，错误的填“×”。）\n"
        "（×）1. 可以带电作业。\n（√）2. 先断电再救人。\n",
        "三、判断题\n1、可以带电作业。\n（错误）\n2、先断电再救人。\n（正确）\n",
        "1、可以带电作业。\n答案：错\n2、先断电再救人。\n答案：对\n",
        "判断题\n1. 可以带电作业。\nA. 正确 B. 错误\n答案：B\n2. 先断电再救人。\nA.Y\nB.N\n答案:A\n",
        "判断题\n可以带电作业。（错）\n先断电再救人。（对）\n",
        "判断题\n1. 可以带电作业。答案：F\n2. 先断电再救人。答案：T\n",
    ],
)
def test_true_and_false_are_read_in_every_notation(text):
    assert short(text) == [("true_false", stem, [], answer) for stem, answer in _without_blanks(text)]


def _without_blanks(text):
    """The blank in place of a key belongs to the stem."""
    blank = "（ ）" if "。（" in text else ""
    return [(f"可以带电作业。{blank}", "F"), (f"先断电再救人。{blank}", "T")]


def test_a_key_list_at_the_end_counts_from_one_for_each_type_and_brings_explanations():
    text = (
        "一、单选题\n1. 甲（ ）。\nA. 子\nB. 丑\n2. 乙（ ）。\nA. 寅\nB. 卯\n"
        "二、判断题\n1. 丙。（ ）\nA. 正确 B. 错误\n2. 丁。（ ）\nA. 正确 B. 错误\n"
        "参考答案\n一、单选题\n1、参考答案：B\n解析：因为子不对。\n2、参考答案：A\n"
        "二、判断题\n1、参考答案：B\n2、参考答案：A\n解析：丁对。\n"
    )
    found = [(v.section, v.number, v.content.answer, v.content.explanation) for v in judged(text).verdicts]
    assert found == [
        ("一、单选题", "1", ("B",), "因为子不对。"),
        ("一、单选题", "2", ("A",), ""),
        ("二、判断题", "1", ("F",), ""),
        ("二、判断题", "2", ("T",), "丁对。"),
    ]


def test_a_key_list_with_other_numbers_than_the_questions_warns_that_keys_may_be_shifted():
    text = "1. 甲（ ）。\nA. 子\nB. 丑\n参考答案\n1. A\n2. B\n"
    assert codes(text) == [["key_list_mismatch"]]


def test_what_follows_the_key_on_its_line_is_the_explanation_and_is_doubted_when_glued():
    text = "1. 甲（ ）。\nA. 子\nB. 丑\n答案：B根据《安全生产法》第二十条。\n还有第二行。\n"
    [verdict] = judged(text).verdicts
    assert (verdict.content.answer, verdict.content.explanation) == (
        ("B",),
        "根据《安全生产法》第二十条。\n还有第二行。",
    )
    assert [defect.message for defect in verdict.defects] == [
        "答案“B根据《安全生产法》第二十条。…”只取了开头的 B，其余作为解析，请核对。"
    ]


def test_numbered_lines_inside_an_explanation_are_not_questions():
    text = (
        "1. 甲（ ）。\nA. 子\nB. 丑\n答案：B\n解析：\n1. 其一\n2. 其二\n2. 乙（ ）。\nA. 寅\nB. 卯\n答案：A\n"
    )
    assert [v.content.stem for v in judged(text).verdicts] == ["甲（ ）。", "乙（ ）。"]
    assert judged(text).verdicts[0].content.explanation == "1. 其一\n2. 其二"


def test_chapters_points_and_difficulty_are_kept():
    text = "第一章 触电急救\n一、单选题\n1. 甲（ ）。\nA. 子\nB. 丑\n答案：A\n难度：难\n知识点：急救、断电\n"
    [verdict] = judged(text).verdicts
    assert (verdict.section, verdict.content.difficulty, verdict.knowledge_points) == (
        "第一章 触电急救",
        3,
        ("急救", "断电"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. 甲（ ）。\nA. 子\nB. 丑\n答案：C\n", "answer_unknown"),
        ("1. 甲（ ）。\nA. 子\nB. 丑\n", "answer_empty"),
        ("1. 甲（ ）。\nA. 子\nB. 丑\n答案：全错。\n", "answer_unreadable"),
        ("一、单选题\n1. 甲（ ）。\nA. 子\nB. 丑\n答案：AB\n", "answer_too_many"),
        ("一、多选题\n1. 甲（ ）。\nA. 子\nB. 丑\nC. 寅\n答案：B\n", "answer_too_few"),
        ("1. 甲是（A）。\nA. 子\nB. 丑\n答案：B\n", "answer_conflict"),
        ("1. 甲（ ）。\nA. 子\nB. 丑\n答案：A\n答案：B\n", "answer_conflict"),
        ("1. 甲（ ）。\nA. 子\n答案：A\n", "options_too_few"),
        ("1. 甲（ ）。\nA. 子\nB. 子\n答案：A\n", "option_repeated"),
        ("1. 甲（ ）。\nA. 选项:\nB. 子\nC. 丑\n答案：B\n", "option_placeholder"),
        ("1. 甲（ ）。\nA. 子\nC. 丑\nD. 寅\n答案：C\n", "option_letters"),
        ("一、填空题\n1. 甲（ ）。\n答案：子\n", "type_unknown"),
    ],
)
def test_a_doubtful_question_is_refused_with_its_code(text, code):
    [verdict] = judged(text).verdicts
    errors = [defect.code for defect in verdict.defects if defect.level == "error"]
    assert (verdict.state, code in errors) == ("refused", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. 甲（ ）。\nA. 子\nB. 丑，\n答案：A\n", "option_truncated"),
        ("1. 甲（ ）。\nA. 子（\nB. 丑\n答案：A\n", "option_truncated"),
        ("判断题\n1. 甲。\n答案：A\n", "answer_assumed"),
        ("判断题\n1. 甲。\n答案：1\n", "answer_assumed"),
        ("1. 甲。\n答案：对\n3. 乙。\n答案：错\n", "number_jump"),
        ("一、多选题\n1. 甲（ ）。\nA. 子\nB. 丑\n答案：AB\n", "options_too_few"),
        ("1. 甲（ ）。\nA. 子\nB. 丑\n答案：A\n试题生成类别: [AI-LLM]\n", "machine_made"),
        ("1. 用E×cel打开（ ）。\nA. 3×4\nB. 长×宽\n答案：A\n", "letter_spoiled"),
        ("1. 用Adobe×D打开（ ）。\nA. U×I\nB. 长×宽\n答案：A\n", "letter_spoiled"),
        ("1. 用（ ）。\nA. Linu×\nB. iOS\n答案：A\n", "letter_spoiled"),
    ],
)
def test_a_question_that_may_be_right_is_accepted_with_a_warning(text, code):
    verdict = judged(text).verdicts[-1]
    assert (verdict.state, [(d.level, d.code) for d in verdict.defects]) == ("accepted", [("warning", code)])


def test_one_question_a_line_with_marks_between_its_parts():
    assert short("0#电压的单位是( )。#V$kW$J$A\n1#电流的单位是( )。#A$W$F$mV\n") == [
        ("single", "电压的单位是( )。", ["V", "kW", "J", "A"], ""),
        ("single", "电流的单位是( )。", ["A", "W", "F", "mV"], ""),
    ]


def test_a_bare_0_or_1_that_nothing_explains_is_refused_not_guessed():
    verdicts = judged("0#可以带电作业。$1\n1#先断电再救人。$0\n").verdicts
    assert [[d.code for d in verdict.defects] for verdict in verdicts] == [["answer_ambiguous"]] * 2
    assert verdicts[0].defects[0].message == (
        "判断题的答案写作 1，看不出 1 表示对还是错；请改写为“对”“错”后再导入。"
    )


def test_letters_and_units_in_words_are_not_options_or_keys():
    text = "1. 相序为（ ）。\nA. U、V、W\nB. W、V、U\nC. 30 A\nD. 50 mA\n答案：A\n"
    assert short(text) == [("single", "相序为（ ）。", ["U、V、W", "W、V、U", "30 A", "50 mA"], "A")]
