"""Files that are broken, foreign or meant to do harm: one sentence each, and nothing is unpacked or run."""

import io
import random
import struct

import pytest
from xlwt.CompoundDoc import XlsDoc

from question_bank.importing.raw import Unreadable
from question_bank.importing.reading import read_bank
from tests.question_bank.importing.reading import archive, judged, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITY = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
BOMB = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
TYPES = {"[Content_Types]_xml": "<Types/>"}
BANK = workbook([("题目", "答案"), ("甲。", "对")])


def compound(name, content):
    """A sound file of the older Office with one stream: what xlwt makes, under another name."""
    written = io.BytesIO()
    XlsDoc().save(written, content.ljust(4096, b"\0"))
    data, old = bytearray(written.getvalue()), "Workbook".encode("utf-16-le")
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    data[data.index(old) : data.index(old) + len(entry)] = entry
    return bytes(data)


def stream(name):
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t", "文件是空的"),
        (random.Random(1).randbytes(5000), "文件不是文字"),
        (b"\0" * 5000, "文件不是文字"),
        (b"PK\x03\x04" + b"\x01" * 100, "不完整的压缩包"),
        (BANK[: len(BANK) // 2], "不完整的压缩包"),
        (archive(**TYPES, xl__workbook_xml="0" * 60_000_000), "像压缩炸弹"),
        (archive(**TYPES, xl__workbook_xml="<workbook", xl__vbaProject_bin="x"), "文件带有宏"),
        (archive(**TYPES, xl__workbook_xml="<workbook"), "Excel 文件已损坏"),
        (archive(**TYPES, word__document_xml="<document"), "Word 文件已损坏"),
        (archive(**TYPES, ppt__presentation_xml="<p/>"), "压缩包里没有题库"),
        (archive(**{"readme.txt": "x"}), "压缩包里没有题库"),
        (stream("EncryptedPackage"), "设有打开密码"),
        (compound("EncryptedPackage", b"\x08\0\0\0"), "设有打开密码"),
        (compound("WordDocument", b"\xec\xa5\xc1\0\0\0\x04\x08\0\0\xf0\x13"), "设有打开密码"),
        (archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="?"), "OpenDocument"),
        (stream("_VBA_PROJECT"), "文件带有宏"),
        (stream("Workbook"), "已损坏"),
        (stream("PowerPoint Document"), "不是 Word 或 Excel"),
        (ENTITY.encode(), "实体声明"),
        (BOMB.encode(), "实体声明"),
        (archive(imsmanifest_xml=ENTITY), "实体声明"),
        (b'<?xml version="1.0"?><quiz><question type="truefalse">', "不完整或已损坏"),
        (b'<?xml version="1.0"?><svg/>', "不是题库（根元素是 svg）"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\0\0\0\x18ftypisom", "视频"),
        (b"{\\rtf1 }", "RTF"),
        (("题目,答案\n" + "甲" * 200_000 + ",对\n").encode(), "有一格过长"),
        (b"1\n" * 1_000_001, "超过 1000000 行"),
        ("$CATEGORY: 空的类别\n".encode(), "没有找到题目"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_an_unreadable_file_is_refused_in_one_sentence_that_says_what_to_do(data, said):
    with pytest.raises(Unreadable, match=said) as refusal:
        read_bank(data)
    assert ("；" in str(refusal.value), str(refusal.value).count("。"), "\n" in str(refusal.value)) == (
        True,
        1,
        False,
    )


def test_a_cell_as_long_as_excel_allows_is_one_refused_question():
    [verdict] = judged(workbook([("题目", "答案"), ("甲" * 32_767, "对")])).verdicts
    assert [defect.code for defect in verdict.defects] == ["stem_too_long"]


@pytest.mark.parametrize(
    "text",
    [
        "1. " + "甲A. 乙 B. 丙 " * 20_000,
        "1. " + "（A" * 50_000,
        "1、" * 50_000,
        "a{" * 50_000,
        "1. 甲\n" + "乙\n" * 30_000,
    ],
    ids=["marks", "brackets", "numbers", "braces", "lines"],
)
def test_a_text_made_to_confuse_is_one_refused_question(text):
    assert [str(verdict.state) for verdict in judged(text).verdicts] == ["refused"]
