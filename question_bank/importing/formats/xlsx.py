"""Excel workbooks (.xlsx)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import TYPE_FORMULA

from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import Row

_BROKEN = "Excel 文件已损坏，打不开；请用 Excel 打开并另存为 .xlsx 后再导入。"


def tables(data: bytes) -> list[list[Row]]:
    try:
        workbook = load_workbook(BytesIO(data), read_only=True)
        return [list(_rows(sheet)) for sheet in workbook.worksheets]
    except Exception as error:  # on bytes made by anybody the parser raises anything
        raise Unreadable(_BROKEN) from error


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


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # writers of all sorts put wrong ones
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        formulas = frozenset(at for at, cell in enumerate(cells) if cell.data_type == TYPE_FORMULA)
        texts = tuple(written(cell.value) for cell in cells)
        yield Row(f"{sheet.title} 第 {number} 行", texts, formulas)
