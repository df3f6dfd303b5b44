"""The notice's 理论课程内容检查表 as a Word document, filled in from the coverage."""

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from catalog.models import CatalogEdition, TrainingKind
from cms.coverage.matrix import CellState, CoveredCell
from cms.pictures.coverage_matrix import Line, matrix
from cms.words import add_title, mark, new_document, simple_table

HEADINGS = ("资格类型", "作业类别", "操作项目", *TrainingKind.labels, "备注")
WIDTHS = (Mm(18), Mm(22), Mm(54), Mm(15), Mm(17), Mm(48))  # 174 mm: A4 between margins of 18 mm
GAP_HEADINGS = ("操作项目", "培训类型", "情况", "缺什么")
GAP_WIDTHS = (Mm(62), Mm(24), Mm(20), Mm(68))
TICKED, EMPTY, NOT_ASKED = "☑", "☐", "—"
CENTRED = frozenset({0, 1, 3, 4})


def checklist(edition: CatalogEdition, cells: Sequence[CoveredCell], *, today: date) -> Document:
    """The content checklist of `edition` on `today`: one row for each printed row, in printed order."""
    document = new_document()
    add_title(document, edition.title, _head(edition, cells, today))
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _fill(table.rows[0], HEADINGS, bold=True)
    mark(table.rows[0], "w:tblHeader")
    for qualification in matrix(cells):
        first = len(table.rows)
        for category in qualification.categories:
            start = len(table.rows)
            for line in category.rows:
                _fill(table.add_row(), ("", "", str(line.row), *_ticks(line), _remark(line)))
            _merge(table, 1, start, category.name)
        _merge(table, 0, first, qualification.name)
    _add_gaps(document, cells)
    return document


def _add_gaps(document: Document, cells: Sequence[CoveredCell]) -> None:
    """Every cell that has no published course, or one that is due: what is lacking."""
    gaps = [covered for covered in cells if covered.missing]
    document.add_heading("缺口清单", level=1).paragraph_format.page_break_before = True
    if not gaps:
        document.add_paragraph("没有缺口。")
        return
    rows = [
        (str(covered.cell.row), covered.cell.kind.label, covered.state.label, _lack(covered))
        for covered in gaps
    ]
    simple_table(document, GAP_HEADINGS, rows, widths=GAP_WIDTHS)


def _head(edition: CatalogEdition, cells: Sequence[CoveredCell], today: date) -> str:
    covered = sum(cell.is_covered for cell in cells)
    return (
        f"目录版本：{edition.slug}　　填表日期：{today.year}年{today.month}月{today.day}日　　"
        f"{len(cells)} 格中 {covered} 格已有发布的课程"
    )


def _ticks(line: Line) -> list[str]:
    found = {covered.cell.kind: covered.is_covered for covered in line.cells}
    return [(TICKED if found[kind] else EMPTY) if kind in found else NOT_ASKED for kind in TrainingKind]


def _remark(line: Line) -> str:
    """How each kind stands that lacks something, in a word; why is told in the list of gaps."""
    lacking = [covered for covered in line.cells if covered.missing]
    if len(lacking) == len(line.cells) and len({covered.text for covered in lacking}) == 1:
        return lacking[0].text
    return "\n".join(f"{covered.cell.kind.label}：{covered.text}" for covered in lacking)


def _lack(covered: CoveredCell) -> str:
    reasons = "；".join(covered.missing)
    return f"{covered.text}，{reasons}" if covered.state in (CellState.DUE, CellState.OVERDUE) else reasons


def _fill(row: _Row, texts: Sequence[str], *, bold: bool = False) -> None:
    mark(row, "w:cantSplit")
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
