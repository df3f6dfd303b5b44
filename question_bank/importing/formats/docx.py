"""Word files (.docx). Tables with a known heading are read as tables, any others as lines."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from question_bank.importing.album import Album
from question_bank.importing.formats.word_lines import attribute, boxed, lines_of, local
from question_bank.importing.formats.word_numbering import Numbering
from question_bank.importing.formats.word_tables import as_tables
from question_bank.importing.keys_in_rows import key_lines
from question_bank.importing.lines import Line
from question_bank.importing.prose import read_prose
from question_bank.importing.raw import PICTURE, RawQuestion, Unreadable
from question_bank.importing.tables import Row, read_table


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    document = _open(data)
    tables = [_rows(table) for table in document.element.body.iter() if local(table) == "tbl"]
    asked = [read_table(rows) for table in tables if not key_lines(table) for rows in as_tables(table)]
    return read_prose(_lines(document, album or Album())) + [q for found in asked for q in found]


def lines(data: bytes) -> list[Line]:
    """What the document says, line by line, as the file with the keys is read."""
    return list(_lines(_open(data), Album()))


def _open(data: bytes) -> Any:
    try:
        return Document(BytesIO(data))
    except Exception as error:  # on bytes made by anybody the parser raises anything
        raise Unreadable("Word 文件已损坏，打不开；请用 Word 打开并另存为 .docx 后再导入。") from error


def _lines(document: Any, album: Album) -> Iterator[Line]:
    numbering = Numbering(_numbering(document), document.styles.element)

    def picture(element: Any) -> str:
        return _picture(document, element, album)

    for number, block in enumerate(_blocks(document.element.body), start=1):
        where = f"第 {number} 段"
        if local(block) == "tbl":
            yield Line(where, "参考答案")
            yield from (Line(where, line.text) for line in key_lines(_rows(block)))
        else:
            yield from lines_of(block, where, numbering.label(block), picture)
            yield from (
                line for p in boxed(block) for line in lines_of(p, where, numbering.label(p), picture)
            )


def _picture(document: Any, element: Any, album: Album) -> str:
    """The character for an embedded picture: DrawingML's blip, or the imagedata of VML."""
    for part in element.iter():
        name = {"blip": "embed", "imagedata": "id"}.get(local(part))
        relation = document.part.rels.get(attribute(part, name) or "") if name else None
        if relation is not None and not relation.is_external:
            return album.add(relation.target_part.blob)
    return PICTURE


def _blocks(element: Any) -> Iterator[Any]:
    """The paragraphs and key tables in their order; what is read as a table of questions is left out."""
    for child in element:
        name = local(child)
        rows = _rows(child) if name == "tbl" else []
        if name == "p" or key_lines(rows):
            yield child
        elif as_tables(rows):
            continue
        elif name in ("tbl", "tr", "tc", "sdt", "sdtContent", "ins", "customXml"):
            yield from _blocks(child)


def _rows(table: Any) -> list[Row]:
    rows = [row for row in table if local(row) == "tr"]
    return [
        Row(f"表格第 {number} 行", tuple(_cell(cell) for cell in row if local(cell) == "tc"))
        for number, row in enumerate(rows, start=1)
    ]


def _cell(cell: Any) -> str:
    paragraphs = [paragraph for paragraph in cell if local(paragraph) == "p"]
    return "\n".join(line.text for paragraph in paragraphs for line in lines_of(paragraph, ""))


def _numbering(document: Any) -> Any | None:
    parts = [r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING]
    return parts[0].element if parts else None
