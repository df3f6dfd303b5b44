"""Files made to fill the machine, each read in a process that may take 1 GB and a minute of its processor."""

import io
import zipfile

import pytest

from question_bank.importing import cage
from question_bank.importing.judging import examine
from question_bank.importing.raw import Unreadable
from tests.question_bank.importing.reading import archive, word, workbook

BANK = workbook([("题目", "答案"), ("甲。", "对")])
SHEET = "xl/worksheets/sheet1.xml"
NESTED = "<div>" * 50_000 + "</div>" * 50_000
DEEP = f"<qti-assessment-item><qti-item-body>{NESTED}</qti-item-body></qti-assessment-item>"
ITEM = '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="{}"/></resources></manifest>'


def changed(data, part, old, new):
    """A package with a piece of one part replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return stream.getvalue()


def cell(place, text):
    row = place.strip("ADFX")
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'


def linked(href):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        link = zipfile.ZipInfo("a.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("imsmanifest.xml", ITEM.format(href))
    return stream.getvalue()


FILES = {
    "zip bomb": (lambda: archive(**{f"a{at}_xml": "0" * 4_000_000 for at in range(110)}), "像压缩炸弹"),
    "30,000 files": (lambda: archive(**{f"a{at}_xml": "<x/>" for at in range(30_000)}), "最多 20000 个"),
    "a far cell": (lambda: changed(BANK, SHEET, "</sheetData>", cell("XFD1048576", "x")), ["accepted"]),
    "merged all over": (
        lambda: changed(
            BANK,
            SHEET,
            "</sheetData>",
            f"{cell('XFD30000', 'x')}<mergeCells>{'<mergeCell ref="A2:XFD1048576"/>' * 9_999}</mergeCells>",
        ),
        ["accepted"],
    ),
    "a cell of 15 MB": (
        lambda: changed(BANK, SHEET, "</sheetData>", cell("A3", "甲" * 5_000_000)),
        ["accepted", "refused"],
    ),
    "a line of 15 MB": (lambda: ("1. " + "甲" * 5_000_000).encode(), "有 5000003 个字"),
    "too deep": (lambda: archive(a_xml=DEEP), "套得太深"),
    "entities in Excel": (
        lambda: changed(BANK, SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "实体声明",
    ),
    "entities in Word": (
        lambda: changed(
            word("1. 甲。", "答案：对"),
            "word/document.xml",
            "<w:document ",
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document ',
        ),
        "实体声明",
    ),
    "a way out of the package": (
        lambda: archive(imsmanifest_xml=ITEM.format("../../etc/passwd")),
        ["refused"],
    ),
    "a link out of the package": (lambda: linked("a.xml"), ["refused"]),
    "a NUL in csv": (lambda: "题目,答案\n甲\0。,对\n".encode(), "不是文字"),
    "a million rows": (lambda: ("题目,答案\n" + "甲。,对\n" * 300_000).encode(), "最多 200000 道"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_little_and_is_told_in_a_sentence(name, monkeypatch):
    make, expected = FILES[name]
    monkeypatch.setattr(cage, "MEMORY_BYTES", 1 << 30)
    try:
        said = [str(verdict.state) for verdict in examine(cage.read_safely(make())).verdicts]
    except Unreadable as refusal:
        said = str(refusal)
    assert expected in said if isinstance(expected, str) else said == expected
