"""The text of a file that people have: txt, md or docx, told apart by content and never by name."""

import codecs
import io
import re
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

MAX_BYTES = 50 * 2**20  # of the file; a law has under 1 MB
MAX_UNPACKED_BYTES = 200 * 2**20  # of a docx: more is an archive made to fill the memory
_PIECES = "(.//w:t|.//w:r/w:tab|.//w:br)[not(ancestor::*[local-name()='Fallback'])]"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


class UnreadableText(Exception):
    """The message is one sentence for the person who named the file."""


def read_text(path: Path) -> str:
    """The text of the file at `path`; raises UnreadableText."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableText(f"读不到文件 {path}，请核对路径和权限。") from error
    return text_of(data, name=path.name)


def text_of(data: bytes, *, name: str) -> str:
    """The text of `data` without a byte order mark and with \\n as line end; raises UnreadableText.

    A docx gives one line for each paragraph, those of tables in their place.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableText(f"「{name}」超过 {MAX_BYTES >> 20} MB，请只保留正文后再试。")
    text = _docx_text(data, name) if data.startswith(b"PK") else _plain_text(data, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableText(f"「{name}」里没有文字，请核对文件。")
    return text


def _plain_text(data: bytes, name: str) -> str:
    if data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        kind = " PDF " if data.startswith(b"%PDF") else "旧版 Word（doc）"
        raise UnreadableText(f"「{name}」是{kind}文件，请另存为 docx 或 txt 后再试。")
    text = _decoded(data)
    if text is None or _CONTROL.search(text):
        raise UnreadableText(f"「{name}」不是 UTF-8 或 GB18030 编码的文本，也不是 docx，请另存后再试。")
    return text


def _decoded(data: bytes) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _docx_text(data: bytes, name: str) -> str:
    try:
        body = _docx_body(data)
    except Exception as error:  # a damaged file raises whatever zipfile, lxml and python-docx stumble over
        raise UnreadableText(f"「{name}」不是完好的 docx 文件，请用 Word 打开并另存后再试。") from error
    if body is None:
        raise UnreadableText(f"「{name}」解压后过大，请用 Word 另存为新的 docx 后再试。")
    outermost = body.xpath(".//w:p[not(ancestor::w:p)]")
    return "\n".join(map(_paragraph, outermost))


def _docx_body(data: bytes) -> BaseOxmlElement | None:
    """The body of the document; None when unpacking it would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            return None
    return docx.Document(io.BytesIO(data)).element.body


def _paragraph(paragraph: BaseOxmlElement) -> str:
    """Its text with what was inserted under revision; what was deleted is not a w:t."""
    written = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return "".join(written.get(piece.tag, piece.text or "") for piece in paragraph.xpath(_PIECES))
