"""What Word keeps outside the text: numbers it counts, soft breaks, raised digits, pictures, colours."""

import io
import shutil
import subprocess

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from PIL import Image

from question_bank.importing.album import name_of
from question_bank.importing.formats import doc
from question_bank.importing.raw import Unreadable
from tests.question_bank.importing.reading import codes, judged, saved, short, word

FLAT_2003 = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>
<w:p><w:pPr><w:listPr><wx:t wx:val="1."/></w:listPr></w:pPr><w:r><w:t>可以带电作业。</w:t></w:r></w:p>
<w:p><w:r><w:t>答案：</w:t></w:r><w:r><w:t>错</w:t></w:r></w:p></wx:sect></w:body></w:wordDocument>"""


def test_numbers_that_word_counts_begin_questions():
    numbered = [("可以带电作业。", "List Number"), ("答案是：错误", "List Number")]
    more = [("先断电再救人。", "List Number"), ("答案是：正确", "List Number")]
    assert short(word(*numbered, *more)) == [
        ("true_false", "可以带电作业。", [], "F"),
        ("true_false", "先断电再救人。", [], "T"),
    ]


def test_options_that_word_letters_get_their_letters():
    document = Document()
    _letter_list(document)
    document.add_paragraph("1. 甲（ ）。")
    for option in ("子", "丑", "寅"):
        _numbered(document.add_paragraph(option), "77")
    document.add_paragraph("答案：C")
    assert short(saved(document)) == [("single", "甲（ ）。", ["子", "丑", "寅"], "C")]


def test_soft_breaks_and_tabs_part_lines_and_options():
    document = Document()
    run = document.add_paragraph("1.").add_run("\t甲（ ）。")
    run.add_break(WD_BREAK.LINE)
    run.add_text("A. 子\tB. 丑")
    run.add_break(WD_BREAK.LINE)
    run.add_text("答案：A")
    assert short(saved(document)) == [("single", "甲（ ）。", ["子", "丑"], "A")]


def test_raised_digits_stay_raised():
    document = Document()
    paragraph = document.add_paragraph("1. 电阻应小于 10")
    paragraph.add_run("4").font.superscript = True
    paragraph.add_run("Ω。")
    document.add_paragraph("答案：对")
    assert short(saved(document)) == [("true_false", "电阻应小于 10⁴Ω。", [], "T")]


def test_a_picture_is_kept_where_it_stood():
    document, stream = Document(), io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "PNG")
    document.add_paragraph("1. 图中是接地。").add_run().add_picture(stream)
    document.add_paragraph("答案：对")
    [verdict] = judged(saved(document)).verdicts
    assert (verdict.content.stem, verdict.content.images, verdict.defects) == (
        "图中是接地。〔图1〕",
        (name_of(stream.getvalue()),),
        [],
    )


def test_a_picture_that_no_browser_shows_is_missed_aloud():
    document, stream = Document(), io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "TIFF")
    document.add_paragraph("1. 图中是接地。").add_run().add_picture(stream)
    document.add_paragraph("答案：对")
    [verdict] = judged(saved(document)).verdicts
    assert (verdict.state, [d.code for d in verdict.defects]) == ("accepted", ["picture_lost"])


def test_a_red_option_is_the_key_only_where_none_is_written_and_is_doubted():
    document = Document()
    document.add_paragraph("1. 甲（ ）。")
    document.add_paragraph("A. 子")
    document.add_paragraph("B. ").add_run("丑").font.color.rgb = RGBColor(255, 0, 0)
    data = saved(document)
    assert short(data) == [("single", "甲（ ）。", ["子", "丑"], "B")]
    assert codes(data) == [["answer_from_marks"]]


def test_the_flat_xml_of_word_is_read_directly():
    assert short(FLAT_2003) == [("true_false", "可以带电作业。", [], "F")]


def test_an_old_word_file_without_any_converter_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="需要安装 LibreOffice（或 antiword、catdoc），本机没有"):
        doc.read(b"\xd0\xcf\x11\xe0")


def test_an_old_word_file_is_read_by_the_converter_that_is_there(monkeypatch, tmp_path):
    converter = tmp_path / "antiword"
    converter.write_text("#!/bin/sh\nprintf '1. 可以带电作业。\\n答案：错\\n'\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [question.stem for question in doc.read(b"\xd0\xcf\x11\xe0")] == ["可以带电作业。"]


def test_a_converter_that_fails_is_one_sentence(monkeypatch, tmp_path):
    converter = tmp_path / "catdoc"
    converter.write_text("#!/bin/sh\nexit 1\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="转换不了，可能已损坏"):
        doc.read(b"\xd0\xcf\x11\xe0")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_a_real_old_word_file(tmp_path):
    source = tmp_path / "bank.docx"
    source.write_bytes(word("1. 可以带电作业。", "答案：错"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True)
    assert short((tmp_path / "bank.doc").read_bytes()) == [("true_false", "可以带电作业。", [], "F")]


def _numbered(paragraph, number):
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = int(number)
    properties.get_or_add_ilvl().val = 0


def _letter_list(document):
    """Teach the document a list 77 that counts A. B. C."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", "upperLetter"), ("w:lvlText", "%1.")):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        level.append(element)
    abstract.append(level)
    numbering.insert(0, abstract)
    entry = OxmlElement("w:num")
    entry.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    entry.append(link)
    numbering.append(entry)
