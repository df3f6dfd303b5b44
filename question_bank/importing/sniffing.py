"""The format of a file, by its content and never by its name."""

import re
import zlib
from zipfile import BadZipFile, ZipFile

from question_bank.importing.archives import open_archive
from question_bank.importing.encoding import decode
from question_bank.importing.formats import aiken, csv_text, gift
from question_bank.importing.formats.qti import name_of
from question_bank.importing.formats.word_lines import local
from question_bank.importing.formats.xml_text import ENTITIES, parse
from question_bank.importing.raw import Unreadable

MAX_BYTES = 64 * 1024**2
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"{\\rtf": "RTF",
    b"MZ": "程序",
}
_ACCEPTED = "可以导入 docx、doc、xlsx、xls、csv、txt、GIFT、Aiken、Moodle XML 和 QTI"
_DOCUMENT_TYPE, _HEAD = b"<!DOCTYPE", 1024
_OLE = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|head|meta|body)", re.IGNORECASE)


def sniff(data: bytes) -> str:
    """One of the keys of `reading.READERS`. Raises Unreadable, saying what the file is instead."""
    if not data.strip():
        raise Unreadable("文件是空的；请核对是否选错了文件。")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024**2:.0f} MB"
        raise Unreadable(f"文件有 {size}，题库最大 {MAX_BYTES // 1024**2} MB；请分成几个文件导入。")
    foreign = next((name for magic, name in _FOREIGN.items() if data.startswith(magic)), None)
    if foreign or data[4:8] == b"ftyp":
        raise Unreadable(f"这是{foreign or '视频'}文件，不是题库；{_ACCEPTED}。")
    if data.startswith(b"PK"):
        return _archive(data)
    if data.startswith(_OLE):
        return _ole(data)
    if _HTML.match(data):
        raise Unreadable("这是网页（HTML），不是表格或文档；请用 Excel 或 Word 打开并另存为 .xlsx 或 .docx。")
    return _xml(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else _text(data)


def _archive(data: bytes) -> str:
    with open_archive(data) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names and _has_entities(archive):
            raise Unreadable(ENTITIES)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("文件带有宏，为安全起见不导入；请另存为不含宏的 .docx 或 .xlsx 后再导入。")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable("这是 OpenDocument 文件（odt、ods）；请去掉密码，另存为 .docx 或 .xlsx 后再导入。")
    is_office = "[Content_Types].xml" in names or "mimetype" in names
    if not is_office and any(name.lower().endswith(".xml") for name in names):
        return "qti"
    raise Unreadable(f"这个压缩包里没有题库；{_ACCEPTED}。")


def _has_entities(archive: ZipFile) -> bool:
    """Office itself never writes a document type; what has one means to unpack or to fetch something."""
    parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    try:
        return any(_DOCUMENT_TYPE in archive.open(name).read(_HEAD) for name in parts)
    except (BadZipFile, OSError, NotImplementedError, zlib.error) as error:
        raise Unreadable("文件是不完整的压缩包，可能没有传完；请重新取得文件后再导入。") from error


def _ole(data: bytes) -> str:
    """OLE keeps the names of its streams in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise Unreadable("文件设有打开密码；请去掉密码后再导入。")
    if has("_VBA_PROJECT"):
        raise Unreadable("文件带有宏，为安全起见不导入；请另存为不含宏的 .docx 或 .xlsx 后再导入。")
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        return "xls"
    raise Unreadable(f"这是 Office 的旧格式文件，但不是 Word 或 Excel；{_ACCEPTED}。")


def _xml(data: bytes) -> str:
    root = parse(data)
    if local(root) == "quiz":
        return "moodle_xml"
    if name_of(root) == "assessmentitem":
        return "qti"
    if local(root) in ("wordDocument", "package"):
        return "word_xml"
    raise Unreadable(f"这个 XML 文件不是题库（根元素是 {local(root)}）；{_ACCEPTED}。")


def _text(data: bytes) -> str:
    text = decode(data)
    if gift.LOOKS_LIKE.search(text):
        return "gift"
    if any(aiken.ANSWER.match(line) for line in text.splitlines()) and "答案" not in text:
        return "aiken"
    return "csv" if csv_text.delimiter(text) else "txt"
