"""XML parsed without entities, and the words of HTML."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from question_bank.importing.raw import PICTURE, Unreadable

ENTITIES = "XML 文件中有实体声明（ENTITY），为安全起见不导入；请去掉后再导入。"
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "pre"}


def parse(data: bytes) -> Element:
    """The root of an XML document. Raises Unreadable for entities and for broken XML."""
    try:
        return fromstring(data)
    except DefusedXmlException as error:
        raise Unreadable(ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable("XML 文件不完整或已损坏；请从原系统重新导出后再导入。") from error


def html_text(html: str, picture: Callable[[str], str] = lambda source: PICTURE) -> str:
    """The words of an HTML fragment, a line for each block; `picture` says what stands for a source."""
    words = _Words(picture)
    words.feed(html)
    words.close()
    lines = (re.sub(r"[ \t\r]+", " ", line).strip() for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self, picture: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._picture = picture
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pieces.append(self._picture(dict(attrs).get("src") or ""))
        else:
            self.pieces.append(PICTURE if tag in ("math", "svg") else "\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " "))
