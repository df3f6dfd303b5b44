"""Excel workbooks (.xlsx)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import TYPE_FORMULA
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import range_boundaries

from question_bank.importing.album import Album
from question_bank.importing.formats.xlsx_pictures import Pictures
from question_bank.importing.merging import Area, with_merged
from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import Row

_AREA = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_PERCENT = re.compile(r"0(\.0+)?%")
MAX_COLUMNS = 200
_LONGEST = 50_000  # characters; Excel itself allows 32,767
_BLANK = Row("", ())
_TAIL = 1024**2  # bytes; a merged area takes about 30
_BROKEN = "Excel 文件已损坏，打不开；请用 Excel 打开并另存为 .xlsx 后再导入。"


def tables(data: bytes, album: Album | None = None) -> list[list[Row]]:
    try:
        workbook = load_workbook(BytesIO(data), read_only=True)
        with ZipFile(BytesIO(data)) as archive:
            pictures = Pictures(archive, album or Album())
            return [_table(archive, sheet, pictures) for sheet in workbook.worksheets]
    except Exception as error:  # on bytes made by anybody the parser raises anything
        raise Unreadable(_BROKEN) from error


def _table(archive: ZipFile, sheet: Any, pictures: Pictures) -> list[Row]:
    rows = with_merged(list(_rows(sheet, pictures)), _merged(archive, sheet))
    for (row, column), shown in pictures.of_sheet(sheet._worksheet_path).items():
        if rows:
            rows[min(row, len(rows) - 1)] = rows[min(row, len(rows) - 1)].showing(column, shown)
    return rows


def _merged(archive: ZipFile, sheet: Any) -> list[Area]:
    """The merged areas of a sheet, as they stand behind its rows; openpyxl wants all in memory for it."""
    tail = _tail(archive, sheet._worksheet_path)
    areas = _AREA.findall(tail[tail.find(b"<mergeCells") :]) if b"<mergeCells" in tail else []
    return [_area(area.decode()) for area in areas]


def _tail(archive: ZipFile, path: str) -> bytes:
    """The last part of a sheet's XML, read piece by piece."""
    tail = b""
    with archive.open(path) as stream:
        while piece := stream.read(_TAIL):
            tail = (tail + piece)[-2 * _TAIL :]
    return tail


def _area(reference: str) -> Area:
    left, top, right, bottom = range_boundaries(reference)
    return Area(top - 1, left - 1, bottom - 1, right - 1)


def written(value: Any) -> str:
    """A value as it would be typed: 2.0 is 2, a day is 2018-01-10."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "对" if value else "错"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _text(cell: Any) -> str:
    """A share of one shown as 50% is 50%, for so it was typed."""
    if isinstance(cell.value, int | float) and (shown := _PERCENT.fullmatch(cell.number_format or "")):
        return f"{cell.value * 100:.{len(shown[1] or '.') - 1}f}%"
    return written(cell.value)


def _rows(sheet: Any, pictures: Pictures) -> Iterator[Row]:
    sheet.reset_dimensions()  # writers of all sorts put wrong ones
    sheet._get_row = partial(_filled, sheet)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield _row(sheet.title, number, cells, pictures) if cells else _BLANK


def _filled(sheet: Any, row: list[dict[str, Any]], *_: object) -> list[ReadOnlyCell]:
    """The cells with something in them; openpyxl makes one also for each of 16,383 blanks before the last."""
    return [ReadOnlyCell(sheet, **cell) for cell in row if cell["column"] <= MAX_COLUMNS]


def _row(title: str, number: int, cells: list[ReadOnlyCell], pictures: Pictures) -> Row:
    texts = [""] * max(cell.column for cell in cells)
    formulas = set()
    for cell in cells:
        texts[cell.column - 1] = _text(cell)[:_LONGEST]
        if cell.data_type == TYPE_FORMULA:
            shown = pictures.named(texts[cell.column - 1])
            texts[cell.column - 1] = shown or texts[cell.column - 1]
            formulas |= set() if shown else {cell.column - 1}
    return Row(f"{title} 第 {number} 行", tuple(texts), frozenset(formulas), title)
