"""Tables of which people see what stands where, though no heading says it."""

import pytest
from docx import Document
from docx.oxml import parse_xml

from tests.question_bank.importing.reading import codes, judged, saved, short, workbook

HEAD = ["序号", "题型", "题目", "选项A", "选项B", "选项C"]
ROWS = [
    ["1", "单选题", "甲事要（ ）。", "子", "丑", "寅"],
    ["2", "多选题", "乙事包括（ ）。", "辰", "巳", "午"],
    ["3", "判断题", "丙可以做。"],
]
KEYS = ["B", "AC", "错"]
FOUND = [
    ("single", "甲事要（ ）。", ["子", "丑", "寅"], "B"),
    ("multiple", "乙事包括（ ）。", ["辰", "巳", "午"], "AC"),
    ("true_false", "丙可以做。", [], "F"),
]


def with_keys(at):
    """The rows with the keys in a column without a name."""
    padded = [[*row, "", "", ""][:6] for row in ROWS]
    return [[*row[:at], key, *row[at:]] for row, key in zip(padded, KEYS, strict=True)]


@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_column_of_keys_needs_no_name(at):
    head = [*HEAD[:at], None, *HEAD[at:]]
    assert short(workbook([head, *with_keys(at)])) == FOUND


@pytest.mark.parametrize(
    "keys",
    [
        [(1, "B"), (2, "AC"), (3, "错")],
        [("参考答案",), (1, "B", 2, "AC"), (3, "×")],
        [("题号", 1, 2, 3), ("答案", "B", "AC", "×")],
        [("参考答案",), ("1.B 2.AC 3.×",)],
    ],
)
@pytest.mark.parametrize("numbered", [True, False])
def test_a_sheet_of_keys_needs_no_heading(keys, numbered):
    asked = [HEAD, *ROWS] if numbered else [HEAD[1:], *(row[1:] for row in ROWS)]
    for sheets in ((asked, keys), (keys, asked)):
        assert short(workbook(*sheets)) == FOUND


def test_keys_without_numbers_belong_to_nobody():
    reading = judged(workbook([HEAD, *ROWS], [(key,) for key in KEYS]))
    assert [v.state for v in reading.verdicts] == ["refused"] * 3
    assert [note.code for note in reading.notes] == ["table_unread"]


def test_a_heading_may_take_two_rows():
    head = [["序号", "题型", "题目", "选项", "", "", "答案"], ["", "", "", "A", "B", "C", ""]]
    assert short(workbook([*head, *with_keys(6)])) == FOUND


def test_keys_may_stand_before_the_stems_without_any_heading():
    rows = [
        ("B", "进入有限空间前首先要做的是（ ）。", "吸烟", "通风"),
        ("A", "动火前首先要做的是（ ）。", "清理", "点火"),
    ]
    assert [question[3] for question in short(workbook(rows))] == ["B", "A"]


def test_a_sheet_of_one_column_is_a_text():
    lines = [
        "1. 甲事要（ ）。",
        "A.子",
        "B.丑",
        "C.寅",
        "答案：B",
        "2. 乙事包括（ ）。\nA.辰 B.巳 C.午\n答案：AC",
    ]
    assert short(workbook([(line,) for line in lines])) == FOUND[:2]


@pytest.mark.parametrize("mark", ["$;$", "$", "#", "@", "\t", "   "])
def test_options_in_one_cell_are_parted_by_many_marks(mark):
    rows = [("题目", "选项", "答案"), ("甲事要（ ）。", mark.join(("子", "丑", "寅")), "B")]
    assert short(workbook(rows)) == FOUND[:1]


def test_a_right_option_may_be_marked_in_its_cell():
    for mark, doubts in (("（正确答案）", []), ("√", ["answer_from_marks"])):
        data = workbook([("题目", "A", "B", "C"), ("甲事要（ ）。", "子", f"丑{mark}", "寅")])
        assert (short(data), codes(data)) == (FOUND[:1], [doubts])


def test_a_tick_is_a_word_of_an_option_where_a_key_is_written():
    rows = [("题目", "A", "B", "C", "答案"), ("合格的记号是（ ）。", "打√", "打×", "画圈", "C")]
    assert short(workbook(rows)) == [("single", "合格的记号是（ ）。", ["打√", "打×", "画圈"], "C")]


def test_several_numbers_are_several_letters_where_the_file_counts_from_one():
    head = ("题目", "选项1", "选项2", "选项3", "正确项")
    rows = [head, ("甲事要（ ）。", "子", "丑", "寅", "2"), ("乙事包括（ ）。", "辰", "巳", "午", "1,3")]
    assert short(workbook(rows)) == FOUND[:2]


def table(document, rows):
    made = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for cell, text in zip(made.rows[at].cells, row, strict=False):
            cell.text = text


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "甲事要（ ）。"), ("A", "子"), ("B", "丑"), ("C", "寅"), ("答案", "B")],
        [("题干", "甲事要（ ）。", "", ""), ("A", "子", "B", "丑"), ("C", "寅", "答案", "B")],
    ],
)
def test_a_question_may_fill_a_table_of_names_and_values(rows):
    document = Document()
    table(document, rows)
    document.add_paragraph("")
    table(document, [[cell.replace("甲", "丁") for cell in row] for row in rows])
    assert short(saved(document)) == [FOUND[0], ("single", "丁事要（ ）。", *FOUND[0][2:])]


@pytest.mark.parametrize("rows", [[("1", "B", "2", "C")], [("1", "B"), ("2", "C")], [("1", "2"), ("B", "C")]])
def test_a_table_of_numbers_and_keys_in_word_needs_no_heading(rows):
    document = Document()
    for number in (1, 2):
        for text in (f"{number}. 第{number}件事要（ ）。", "A. 子", "B. 丑", "C. 寅"):
            document.add_paragraph(text)
    table(document, rows)
    assert [question[3] for question in short(saved(document))] == ["B", "C"]


BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_questions_in_a_text_box_are_read_where_it_stands():
    document = Document()
    for text in ("1. 甲事要（ ）。", "A. 子", "B. 丑", "C. 寅", "答案：B"):
        document.add_paragraph(text)
    inside = ("2. 乙事包括（ ）。", "A. 辰", "B. 巳", "C. 午", "答案：AC")
    document.add_paragraph()._p.append(
        parse_xml(BOX.format("".join(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in inside)))
    )
    document.add_paragraph("判断题")
    document.add_paragraph("3. 丙可以做。（×）")
    data = saved(document)
    assert [question[3] for question in short(data)] == ["B", "AC", "F"]
    assert codes(data) == [[], [], []]
