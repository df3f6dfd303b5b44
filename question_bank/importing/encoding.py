"""Text of unknown encoding: UTF-8 or UTF-16 with a mark, UTF-8 without, else GB18030."""

import codecs
import re

from question_bank.importing.raw import Unreadable

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes) -> str:
    """The text, with plain line ends. Raises Unreadable for what is no text."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable("文件不是文字，也不是认得的题库格式；请核对是否选错了文件。")
