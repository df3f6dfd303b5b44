"""Text of unknown encoding: UTF-8 or UTF-16 with a mark, else whichever of UTF-8, GB18030, UTF-16 fits."""

import codecs
import re

from question_bank.importing.raw import BROKEN, Unreadable

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f\ufffe\uffff]")
_WRITTEN = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\x20-\x7e\s]")
_SPOILED = 0.01  # of the characters beyond ASCII may be broken: a few lost bytes, not another encoding
_PLAIN_UTF16 = 0.9  # of the characters must be of those that a bank is written in


def decode(data: bytes) -> str:
    """The text, with plain line ends and `BROKEN` for lost bytes. Raises Unreadable for what is no text."""
    text = _marked(data) or _strict(data, "utf-8") or _mostly(data, "utf-8") or _strict(data, "gb18030")
    text = text or _mostly(data, "gb18030") or _utf16(data)
    if text is None:
        raise Unreadable("文件不是文字，也不是认得的题库格式；请核对是否选错了文件。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _marked(data: bytes) -> str | None:
    name = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    return (_strict(data, name) or _mostly(data, name)) if name else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _mostly(data: bytes, encoding: str) -> str | None:
    """The text when only a few bytes of it are lost, as at the end of a file cut off."""
    text = data.decode(encoding, errors="replace")
    foreign = sum(not char.isascii() for char in text)
    is_spoiled = text.count(BROKEN) > max(1, _SPOILED * foreign) or foreign < 4 * text.count(BROKEN)
    return None if is_spoiled or _CONTROLS.search(text) else text


def _utf16(data: bytes) -> str | None:
    """UTF-16 without its mark, which in a bank has zeros only beside ASCII characters."""
    for encoding in ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ():
        text = _strict(data, encoding)
        if text and len(_WRITTEN.findall(text)) >= _PLAIN_UTF16 * len(text):
            return text
    return None
