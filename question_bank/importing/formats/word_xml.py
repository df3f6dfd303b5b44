"""Word's flat XML, often named .doc: that of 2003, and the flat package of later versions."""

from typing import Any
from xml.etree.ElementTree import Element

from question_bank.importing.formats.word_lines import attribute, lines_of, local
from question_bank.importing.formats.xml_text import parse
from question_bank.importing.prose import read_prose
from question_bank.importing.raw import RawQuestion


def read(data: bytes) -> list[RawQuestion]:
    body = next((element for element in parse(data).iter() if local(element) == "body"), Element("body"))
    paragraphs = [element for element in body.iter() if local(element) == "p"]
    return read_prose(
        line
        for number, paragraph in enumerate(paragraphs, start=1)
        for line in lines_of(paragraph, f"第 {number} 段", _label(paragraph))
    )


def _label(paragraph: Any) -> str:
    """Word 2003 writes down the number it shows."""
    shown = [e for found in paragraph.iter() if local(found) == "listPr" for e in found if local(e) == "t"]
    label = attribute(shown[0], "val") if shown else ""
    return f"{label} " if label else ""
