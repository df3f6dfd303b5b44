"""Files that people have, read as text, and one sentence for those that cannot be."""

import io
import zipfile

import docx
import pytest

from catalog import texts
from catalog.texts import UnreadableText, read_text, text_of


def docx_bytes(*paragraphs, cells=()):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        row = document.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_encoding_with_one_kind_of_line_end(encoding):
    data = "第一条　为了安全。\r\n第二条 適用。\r".encode(encoding)
    assert text_of(data, name="x.txt") == "第一条　为了安全。\n第二条 適用。\n"


def test_a_docx_is_known_by_its_content_and_gives_a_line_for_each_paragraph(tmp_path):
    path = tmp_path / "名字 里有空格.txt"
    path.write_bytes(docx_bytes("第一条\t甲", "", "第二条 乙", cells=["丙", "丁"]))
    assert read_text(path) == "第一条\t甲\n\n第二条 乙\n丙\n丁"


def test_text_inserted_under_revision_is_read_and_text_deleted_is_not():
    document = docx.Document()
    paragraph = document.add_paragraph("第一条 甲")
    for name, tag in (("ins", "t"), ("del", "delText")):
        run = paragraph.add_run(name)._r
        change = docx.oxml.OxmlElement(f"w:{name}")
        run.addprevious(change)
        change.append(run)
        run.t_lst[0].tag = docx.oxml.ns.qn(f"w:{tag}")
    file = io.BytesIO()
    document.save(file)
    assert text_of(file.getvalue(), name="x") == "第一条 甲ins"


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "「x」里没有文字，请核对文件。"),
        (b" \n\t", "「x」里没有文字，请核对文件。"),
        (docx_bytes(), "「x」里没有文字，请核对文件。"),
        (b"%PDF-1.7", "「x」是 PDF 文件，请另存为 docx 或 txt 后再试。"),
        (b"\xd0\xcf\x11\xe0\xa1", "「x」是旧版 Word（doc）文件，请另存为 docx 或 txt 后再试。"),
        (b"\x00\x01\x02", "「x」不是 UTF-8 或 GB18030 编码的文本，也不是 docx，请另存后再试。"),
        (b"\xff\xff\xff", "「x」不是 UTF-8 或 GB18030 编码的文本，也不是 docx，请另存后再试。"),
        (b"PK\x03\x04junk", "「x」不是完好的 docx 文件，请用 Word 打开并另存后再试。"),
        (docx_bytes("甲")[:-40], "「x」不是完好的 docx 文件，请用 Word 打开并另存后再试。"),
        (zipped("a.txt", "甲"), "「x」不是完好的 docx 文件，请用 Word 打开并另存后再试。"),
    ],
)
def test_what_is_not_text_is_refused_in_one_sentence(data, said):
    with pytest.raises(UnreadableText) as refusal:
        text_of(data, name="x")
    assert str(refusal.value) == said


def test_a_file_that_is_not_there_is_refused_in_one_sentence(tmp_path):
    for path in (tmp_path, tmp_path / "没有.txt"):
        with pytest.raises(UnreadableText) as refusal:
            read_text(path)
        assert str(refusal.value) == f"读不到文件 {path}，请核对路径和权限。"


def test_too_large_files_are_refused_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(texts, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(UnreadableText, match="解压后过大"):
        text_of(docx_bytes("甲"), name="x")
    monkeypatch.setattr(texts, "MAX_BYTES", 10)
    with pytest.raises(UnreadableText, match="「x」超过 0 MB"):
        text_of(b"a" * 11, name="x")
