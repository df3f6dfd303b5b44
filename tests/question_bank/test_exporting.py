"""What is written out comes back: the words, the key, and a plain word on what a format cannot hold."""

import io
from dataclasses import replace
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.paper_docx import Printed, PrintedPaper, write_key, write_paper
from question_bank.exporting.writing import WRITERS, export, find_losses
from question_bank.importing.judging import examine
from question_bank.importing.reading import read_bank

ENTRIES = [
    Entry(
        Content(
            type="single",
            stem="=1+1 等于（  ）。\n第二行：A~B {x} #y \\z",
            options=("=2", "-3", '@x, "y"', "<b>&</b> 10² mm"),
            answer=("A",),
            explanation="解：\n1. 其一\n2. 其二 {=}~",
            difficulty=2,
        ),
        ("触电急救", "验电"),
    ),
    Entry(Content(type="true_false", stem="1.5 mm² 的导线可用。", answer=("F",))),
    Entry(
        Content(
            type="true_false", stem="12V是安全电压", answer=("T",), explanation="见GB 3805。", difficulty=3
        )
    ),
    Entry(Content(type="multiple", stem="哪些对？", options=("甲", "乙：丙", "//丁"), answer=("A", "C"))),
    Entry(
        Content(type="multiple", stem="哪些错？", options=tuple("甲乙丙丁戊己庚"), answer=tuple("ABCDEFG"))
    ),
    Entry(
        Content(
            type="single", stem="电流的单位是（ ）。", options=("A", "V"), answer=("A",), explanation="安。"
        )
    ),
]
CANNOT_HOLD = {
    "docx": (0, {}),
    "xlsx": (0, {}),
    "moodle_xml": (0, {}),
    "gift": (0, {}),
    "qti21": (0, {}),
    "qti30": (0, {}),
    "aiken": (2, {"题干或选项的换行": 1, "解析": 3, "难度": 2, "知识点": 1}),
}


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_question_comes_back_and_what_a_format_cannot_hold_is_known(format):
    losses = find_losses(ENTRIES, WRITERS[format](ENTRIES, "低压电工"))
    assert (len(losses.questions), losses.fields) == CANNOT_HOLD[format]


@pytest.mark.parametrize("format", sorted(set(WRITERS) - {"aiken"}))
def test_what_comes_back_is_the_same_content_without_an_error(format):
    verdicts = examine(read_bank(WRITERS[format](ENTRIES, "低压电工"))).verdicts
    back = {verdict.content.stem: verdict.content for verdict in verdicts}
    for entry in ENTRIES:
        read = back[entry.content.stem]
        assert (read.type, read.options, read.answer, read.explanation) == (
            entry.content.type,
            entry.content.options,
            entry.content.answer,
            entry.content.explanation,
        )
    assert {str(verdict.state) for verdict in verdicts} == {"accepted"}


@pytest.mark.parametrize("format", ["gift", "moodle_xml", "qti21", "qti30"])
def test_a_platform_finds_the_number_and_version_of_a_question(format):
    named = [replace(ENTRIES[0], origin=(601, 2)), ENTRIES[1]]
    written = WRITERS[format](named, "低压电工")
    if format.startswith("qti"):
        with ZipFile(io.BytesIO(written)) as package:
            written = package.read("imsmanifest.xml") + package.read("question-601-version-2.xml")
    assert b"question-601-version-2" in written
    assert find_losses(named, WRITERS[format](named, "低压电工")).fields == {}


def test_excel_has_columns_for_the_number_and_version_of_a_question():
    written = WRITERS["xlsx"]([replace(ENTRIES[0], origin=(601, 2)), ENTRIES[1]], "低压电工")
    head, first, second = openpyxl.load_workbook(io.BytesIO(written)).active.values
    at = head.index("题目编号")
    assert (head[at + 1], first[at : at + 2], second[at : at + 2]) == ("版本", ("601", "2"), (None, None))


def test_a_text_that_looks_like_a_formula_is_a_text_in_excel():
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](ENTRIES, "x"))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if str(cell.value)[:1] in "=-@"]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    assert [cell.value for cell in cells][:2] == ["=1+1 等于（  ）。\n第二行：A~B {x} #y \\z", "=2"]


def test_the_word_document_has_headings_and_page_numbers():
    document = Document(io.BytesIO(WRITERS["docx"](ENTRIES, "低压电工")))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert headings == ["低压电工", "一、判断题", "二、单选题", "三、多选题"]
    assert "PAGE" in document.sections[0].footer._element.xml


def test_a_question_that_would_come_back_changed_is_reported_as_lost():
    question = Entry(Content(type="single", stem="甲？", options=("正确", "错误"), answer=("A",)))
    losses = find_losses([question], WRITERS["gift"]([question], "x"))
    assert losses.questions == [question]


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_a_name_with_a_character_that_no_file_can_hold_is_written_without_it(format):
    question = Entry(Content(type="true_false", stem="对吗？", answer=("T",)), ("触电\x0b急救\x01",))
    losses = export([question], "低压\x0b电工\x1f", format).losses
    assert (losses.questions, set(losses.fields) - {"知识点"}) == ([], set())
    assert ("知识点" in losses.fields) == (format == "aiken")


@pytest.mark.parametrize(("write", "sentence"), [(write_paper, "对吗？"), (write_key, "见规程。")])
def test_a_paper_is_printed_without_characters_that_no_file_can_hold(write, sentence):
    question = Content(type="true_false", stem="对\x0b吗？", answer=("T",), explanation="见\x0c规程。")
    paper = PrintedPaper("试卷\x0b一", "低压\x1f电工", 60, [Printed(question)])
    document = Document(io.BytesIO(write(paper)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [word for word in ("试卷一", "低压电工", sentence) if word not in text] == []
