"""The formats of other systems: GIFT, Aiken, Moodle XML, QTI."""

import pytest

from tests.question_bank.importing.reading import archive, codes, judged, short

GIFT = r"""
// 注释
$CATEGORY: 低压电工/急救

::名称::[html]<p>触电后首先应&nbsp;做什么\:</p>{
=<b>切断电源</b>#对
~拨打电话#晚了
####<p>先断电，<br>再救人。</p>}

可以带电作业。{FALSE#错了#不可以####必须停电。}

哪些是绝缘工具？{~%50%手套 ~%50%绝缘靴 ~%-100%铁丝}

安全电压为{~220V =36V}。

\{a\} \= b\nc \~ \#{=\\ ~\=2}
"""
QTI21 = """<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"
 identifier="x">
<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="identifier"><correctResponse>
{right}</correctResponse></responseDeclaration><itemBody><p>看图。</p>
<choiceInteraction responseIdentifier="R"><prompt>哪些对？</prompt>
<simpleChoice identifier="p">甲</simpleChoice><simpleChoice identifier="q">乙
</simpleChoice><simpleChoice identifier="r">丙</simpleChoice></choiceInteraction></itemBody>
<modalFeedback outcomeIdentifier="F" identifier="e" showHide="show">因为。</modalFeedback></assessmentItem>"""
QTI30 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="y">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration><qti-item-body>
<qti-choice-interaction response-identifier="RESPONSE"><qti-prompt>可以带电作业。</qti-prompt>
<qti-simple-choice identifier="A">正确</qti-simple-choice>
<qti-simple-choice identifier="B">错误</qti-simple-choice>
</qti-choice-interaction></qti-item-body></qti-assessment-item>"""
MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
<resource type="imsqti_item_xmlv3p0" href="items/a.xml"/>
<resource type="imsqti_item_xmlv3p0" href="gone.xml"/>
</resources></manifest>"""
MOODLE = """<?xml version="1.0"?><quiz>
<question type="category"><category><text>$course$/急救</text></category></question>
<question type="truefalse"><questiontext format="html">
<text><![CDATA[<p>可以&nbsp;带电作业。</p>]]></text></questiontext>
<generalfeedback><text>不可以。</text></generalfeedback>
<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
<question type="multichoice"><questiontext format="plain_text"><text>a &lt; b？</text></questiontext>
<single>false</single><answer fraction="50"><text>甲</text></answer>
<answer fraction="-50"><text>乙</text></answer>
<answer fraction="50"><text>丙</text></answer><tags><tag><text>急救</text></tag></tags></question>
<question type="essay"><questiontext><text>论述。</text></questiontext></question></quiz>"""


def test_gift_is_read_with_its_feedback_weights_and_escapes():
    assert short(GIFT) == [
        ("single", "触电后首先应 做什么:", ["切断电源", "拨打电话"], "A"),
        ("true_false", "可以带电作业。", [], "F"),
        ("multiple", "哪些是绝缘工具？", ["手套", "绝缘靴", "铁丝"], "AB"),
        ("single", "安全电压为 _____ 。", ["220V", "36V"], "B"),
        ("single", "{a} = b\nc ~ #", ["\\", "=2"], "A"),
    ]
    explained = [(v.section, v.content.explanation) for v in judged(GIFT).verdicts[:3]]
    assert explained == [
        ("低压电工/急救", "先断电，\n再救人。"),
        ("低压电工/急救", "必须停电。"),
        ("低压电工/急救", ""),
    ]


@pytest.mark.parametrize("body", ["", "=甲 =乙", "#36:1", "=甲 -> 子 =乙 -> 丑"])
def test_what_gift_asks_otherwise_is_refused_as_another_type(body):
    assert codes(f"甲是什么？{{{body}}}\n\n乙对。{{T}}") == [["type_unknown"], []]


def test_a_partly_right_option_is_doubted():
    [verdict] = judged("甲？{~子 ~%50%丑 =寅}").verdicts
    assert (verdict.content.answer, [d.code for d in verdict.defects]) == (("C",), ["partial_credit"])


def test_aiken_is_read_and_its_unfinished_questions_are_counted():
    text = (
        "甲？\nA) 子\nB) 丑\nANSWER: B\n\n可以带电作业。\nA. 正确\nB. 错误\nANSWER: B\n\n"
        "没有写完\nA) 子\nB) 丑\n\n乙？\nA) 子\nANSWER: A"
    )
    assert short(text) == [
        ("single", "甲？", ["子", "丑"], "B"),
        ("true_false", "可以带电作业。", [], "F"),
        ("single", "没有写完", ["子", "丑"], ""),
        ("single", "乙？", ["子"], "A"),
    ]
    assert codes(text) == [[], [], ["answer_empty"], ["options_too_few"]]


def test_moodle_xml_is_read_with_categories_tags_and_html():
    verdicts = judged(MOODLE).verdicts
    assert short(MOODLE)[:2] == [
        ("true_false", "可以 带电作业。", [], "F"),
        ("multiple", "a < b？", ["甲", "乙", "丙"], "AC"),
    ]
    assert [(v.section, v.state, v.knowledge_points) for v in verdicts] == [
        ("$course$/急救", "accepted", ()),
        ("$course$/急救", "accepted", ("急救",)),
        ("$course$/急救", "refused", ()),
    ]
    assert verdicts[0].content.explanation == "不可以。"


@pytest.mark.parametrize(
    ("cardinality", "right", "kind", "answer"),
    [
        ("multiple", "<value>p</value><value>r</value>", "multiple", "AC"),
        ("single", "<value>q</value>", "single", "B"),
    ],
)
def test_a_qti_2_item_is_read(cardinality, right, kind, answer):
    item = QTI21.format(cardinality=cardinality, right=right)
    assert short(item) == [(kind, "看图。\n哪些对？", ["甲", "乙", "丙"], answer)]
    assert judged(item).verdicts[0].content.explanation == "因为。"


def test_a_qti_3_package_is_read_by_its_manifest_and_a_missing_file_is_counted():
    package = archive(imsmanifest_xml=MANIFEST, items__a_xml=QTI30)
    verdicts = judged(package).verdicts
    assert [(v.where, v.state) for v in verdicts] == [("items/a.xml", "accepted"), ("gone.xml", "refused")]
    assert short(package)[0] == ("true_false", "可以带电作业。", [], "F")
    assert [defect.code for defect in verdicts[1].defects] == ["file_missing"]


def test_a_package_without_a_manifest_is_read_item_by_item():
    assert short(archive(a_xml=QTI30, other_xml="<other/>")) == [("true_false", "可以带电作业。", [], "F")]
