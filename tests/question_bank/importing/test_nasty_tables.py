"""Tables as people leave them: merged cells, a row for each option, keys in a table of their own."""

import io

import pytest
from docx import Document
from openpyxl import Workbook

from question_bank.importing.hints import read_hints
from question_bank.importing.raw import Unmapped
from question_bank.importing.reading import read_bank
from tests.question_bank.importing.reading import judged, saved, short, workbook

ONE = ("single", "甲是（ ）。", ["子", "丑"], "A")
TWO = ("single", "乙是（ ）。", ["子", "丑"], "B")
LINES = ["1. 甲是（ ）。", "A. 子", "B. 丑", "2. 乙是（ ）。", "A. 子", "B. 丑"]


def document(rows, before=()):
    word = Document()
    for paragraph in before:
        word.add_paragraph(paragraph)
    table = word.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    return saved(word)


def book(rows, merged=(), formats=None, title="Sheet"):
    made, stream = Workbook(), io.BytesIO()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        [("题号", "1", "2"), ("答案", "A", "B")],
        [("1", "2"), ("A", "B")],
        [("题号", "答案"), ("1", "A"), ("2", "B")],
        [("序号", "参考答案", "解析"), ("1", "A", ""), ("2", "B", "")],
    ],
)
def test_keys_in_a_table_of_a_word_file_belong_to_the_questions_above(rows):
    assert short(document(rows, LINES)) == [ONE, TWO]


@pytest.mark.parametrize(
    "rows",
    [
        [("1. 甲是（ ）。\nA. 子\nB. 丑", "A"), ("2. 乙是（ ）。\nA. 子\nB. 丑", "B")],
        [("题目", "答案"), ("1. 甲是（ ）。\nA. 子\nB. 丑", "A"), ("2. 乙是（ ）。A. 子 B. 丑", "B")],
        [
            *(("题型", "单选题"), ("题干", "甲是（ ）。"), ("A", "子"), ("B", "丑"), ("答案", "A")),
            *(("题型", "单选题"), ("题干", "乙是（ ）。"), ("A", "子"), ("B", "丑"), ("答案", "B")),
        ],
    ],
)
def test_questions_in_a_table_of_two_columns(rows):
    assert short(document(rows)) == [ONE, TWO]


def test_a_merged_cell_is_said_of_all_its_rows():
    rows = [
        ("章节", "题型", "题目", "选项A", "选项B", "选项C", "答案"),
        ("第一章", "多选题", "甲有（ ）。", "子", "丑", "寅", "AB"),
        (None, None, "乙有（ ）。", "子", "丑", "寅", "C"),
    ]
    first, second = judged(book(rows, ["A2:A3", "B2:B3"])).verdicts
    assert (second.section, [d.code for d in second.defects]) == ("第一章", ["answer_too_few"])
    assert [d.code for d in judged(book(rows)).verdicts[1].defects] == [] and first.state == "accepted"


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("题号", "题目", "选项", "答案"),
            *((1, "甲是（ ）。", "A.子", "A"), (None, None, "B.丑", None)),
            *((2, "乙是（ ）。", "A.子", "B"), (None, None, "B.丑", None)),
        ],
        [
            ("题号", "题目", "选项", "选项内容", "是否正确"),
            *((1, "甲是（ ）。", "A", "子", "是"), (1, "甲是（ ）。", "B", "丑", "否")),
            *((2, "乙是（ ）。", "A", "子", "否"), (2, None, "B", "丑", "是")),
        ],
    ],
)
def test_a_row_for_each_option(rows):
    assert short(workbook(rows)) == [ONE, TWO]


def test_a_sheet_or_a_row_within_may_name_the_type():
    rows = [("题目", "答案"), ("丙对。", "A"), ("丁对。", "对")]
    assert [kind for kind, *_ in short(book(rows, title="判断题"))] == ["true_false", "true_false"]
    rows = [("题目", "A", "B", "C", "答案"), ("一、多选题",), ("甲有（ ）。", "子", "丑", "寅", "A")]
    [verdict] = judged(workbook(rows)).verdicts
    assert (verdict.section, [d.code for d in verdict.defects]) == ("一、多选题", ["answer_too_few"])


def test_a_share_is_read_as_it_is_shown():
    data = book(
        [("题目", "A", "B", "答案"), ("甲是（ ）。", 0.1, 0.255, "B")], formats={"B2": "0%", "C2": "0.0%"}
    )
    assert short(data) == [("single", "甲是（ ）。", ["10%", "25.5%"], "B")]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_columns_of_a_text_with_unknown_names_can_be_said(mark):
    rows = [
        ("Frage", "Eins", "Zwei", "Key"),
        ("甲是（ ）。", "子", "丑", "A"),
        ("乙是（ ）。", "子", "丑", "B"),
    ]
    text = "\n".join(mark.join(row) for row in rows).encode()
    with pytest.raises(Unmapped):
        read_bank(text)
    found = read_bank(text, read_hints({"columns": {"stem": 1, "answer": 4}, "options": [2, 3]})).questions
    assert [(q.stem, [o.text for o in q.options], q.answer) for q in found] == [
        ("甲是（ ）。", ["子", "丑"], "A"),
        ("乙是（ ）。", ["子", "丑"], "B"),
    ]
