"""The notice's 理论课程内容检查表 as a Word document, filled in from the coverage."""

from collections.abc import Sequence
from datetime import date

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from catalog.models import CatalogEdition, TrainingKind
from cms.coverage import CellState, CoveredCell
from cms.pictures.coverage_matrix import Line, matrix

HEADINGS = ("资格类型", "作业类别", "操作项目", *TrainingKind.labels, "备注")
WIDTHS = (Mm(22), Mm(24), Mm(54), Mm(17), Mm(17), Mm(40))  # 174 mm: A4 between margins of 18 mm
TICKED, EMPTY, NOT_ASKED = "☑", "☐", "—"
CENTRED = frozenset({0, 1, 3, 4})


def checklist(edition: CatalogEdition, cells: Sequence[CoveredCell], *, today: date) -> Document:
    """The content checklist of `edition` on `today`: one row for each printed row, in printed order."""
    document = docx.Document()
    _set_page(document)
    _add_heading(document, edition, cells, today)
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _fill(table.rows[0], HEADINGS, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for qualification in matrix(cells):
        first = len(table.rows)
        for category in qualification.categories:
            start = len(table.rows)
            for line in category.rows:
                _fill(table.add_row(), ("", "", str(line.row), *_ticks(line), _remark(line)))
            _merge(table, 1, start, category.name)
        _merge(table, 0, first, qualification.name)
    return document


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1.5)


def _add_heading(
    document: Document, edition: CatalogEdition, cells: Sequence[CoveredCell], today: date
) -> None:
    title = document.add_paragraph().add_run(edition.title)
    title.bold, title.font.size = True, Pt(16)
    covered = sum(cell.is_covered for cell in cells)
    document.add_paragraph(
        f"目录版本：{edition.slug}　　填表日期：{today.year}年{today.month}月{today.day}日　　"
        f"{len(cells)} 格中 {covered} 格已有发布的课程"
    )
    for paragraph in document.paragraphs:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
        paragraph.paragraph_format.space_after = Pt(6)


def _ticks(line: Line) -> list[str]:
    found = {covered.cell.kind: covered.is_covered for covered in line.cells}
    return [(TICKED if found[kind] else EMPTY) if kind in found else NOT_ASKED for kind in TrainingKind]


def _remark(line: Line) -> str:
    """What each kind lacks, named by its kind unless all lack the same."""
    if len({_lack(covered) for covered in line.cells}) == 1:
        return _lack(line.cells[0])
    return "\n".join(
        f"{covered.cell.kind.label}：{_lack(covered)}" for covered in line.cells if covered.missing
    )


def _lack(covered: CoveredCell) -> str:
    reasons = "；".join(covered.missing)
    return f"{covered.text}，{reasons}" if covered.state in (CellState.DUE, CellState.OVERDUE) else reasons


def _fill(row: _Row, texts: Sequence[str], *, bold: bool = False) -> None:
    _mark(row, "w:cantSplit")
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = WIDTHS[column]  # Word goes by the cells, LibreOffice by the columns
        _write(cell, text, is_centred=bold or column in CENTRED, bold=bold)


def _write(cell: _Cell, text: str, *, is_centred: bool, bold: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if text:  # an empty run would count as content when cells are merged
        paragraph.add_run(text).bold = bold
    if is_centred:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER


def _merge(table: Table, column: int, start: int, text: str) -> None:
    """One cell with `text` from row `start` to the last."""
    cells = table.columns[column].cells
    _write(cells[start], text, is_centred=True)
    cells[start].merge(cells[-1])


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
