"""What our Word documents share: A4, a Chinese face, a title, plain tables whose head repeats."""

from collections.abc import Iterable, Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGIN = Mm(18)
BODY, HEADING = "宋体", "黑体"


def new_document(*, landscape: bool = False) -> Document:
    document = docx.Document()
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1.5)
    _chinese_headings(document)
    return document


def add_title(document: Document, title: str, beneath: str) -> None:
    run = document.add_paragraph().add_run(title)
    run.bold, run.font.size = True, Pt(16)
    document.add_paragraph(beneath)
    for paragraph in document.paragraphs[-2:]:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
        paragraph.paragraph_format.space_after = Pt(6)


def simple_table(
    document: Document,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[Mm] = (),
) -> Table:
    """One row for each of `rows` under `headings`, which repeat on every page."""
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    mark(table.rows[0], "w:tblHeader")
    for texts in rows:
        row = table.add_row()
        mark(row, "w:cantSplit")
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text)
    set_widths(table, widths)
    return table


def set_widths(table: Table, widths: Sequence[Mm]) -> None:
    """Word goes by the cells, LibreOffice by the columns."""
    table.autofit = not widths
    for column, width in zip(table.columns, widths, strict=False):
        column.width = width
        for cell in column.cells:
            cell.width = width


def mark(row: _Row, name: str) -> None:
    """Set a switch of the row, such as w:tblHeader or w:cantSplit."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _chinese_headings(document: Document) -> None:
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size = "Times New Roman", Pt(14 if level == 1 else 12)
        style.font.color.rgb = None
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING)
