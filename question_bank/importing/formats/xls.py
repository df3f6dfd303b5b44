"""Excel workbooks of before 2007 (.xls)."""

import io
from collections.abc import Iterator

import xlrd
from xlrd.sheet import Sheet

from question_bank.importing.formats.xlsx import written
from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import Row

_ADVICE = "请用 Excel 打开并另存为 .xlsx 后再导入"


def tables(data: bytes) -> list[list[Row]]:
    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        return [list(_rows(sheet, workbook.datemode)) for sheet in workbook.sheets()]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unreadable("文件设有打开密码；请去掉密码后再导入。") from error
        raise Unreadable(f"这个 .xls 文件已损坏，打不开；{_ADVICE}。") from error
    except Exception as error:  # on bytes made by anybody the parser raises anything
        raise Unreadable(f"这个 .xls 文件已损坏，打不开；{_ADVICE}。") from error


def _rows(sheet: Sheet, datemode: int) -> Iterator[Row]:
    for number in range(sheet.nrows):
        cells = tuple(_text(cell.ctype, cell.value, datemode) for cell in sheet.row(number))
        yield Row(f"{sheet.name} 第 {number + 1} 行", cells, sheet=sheet.name)


def _text(kind: int, value: object, datemode: int) -> str:
    if kind == xlrd.XL_CELL_DATE:
        return written(xlrd.xldate_as_datetime(value, datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return written(bool(value))
    return "" if kind == xlrd.XL_CELL_ERROR else written(value)
