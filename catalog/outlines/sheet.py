"""Training outlines as an Excel sheet: the template, and its rows as they were typed. No Django."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

COLUMNS = ("操作项目", "培训类型", "版本", "应有学时", "启用日期", "停用日期", "来源", "知识点")
NEEDED = frozenset(COLUMNS) - {"停用日期", "知识点"}
WIDTHS = (36, 14, 14, 10, 13, 13, 40, 60)
EXAMPLE = "（示例，请删去这一行）"
_SHOWN = (
    "低压电工",
    "新取证",
    "2018 年版",
    48,
    date(2018, 1, 1),
    None,
    EXAMPLE,
    "触电的原因\n停电、验电、接地",
)
MOST_ROWS = 2000


class UnreadableSheet(ValueError):
    """Not a sheet of outlines; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What stands in one row, by column; empty cells are empty strings, dates ISO."""

    number: int
    cells: dict[str, str]


def rows_of(data: bytes) -> list[SheetRow]:
    """The rows beneath the heading of the first sheet; empty ones and the template's example are left out."""
    from openpyxl import load_workbook  # loads numpy, which no other page or command should wait for

    try:
        sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
        lines = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 20))
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as wrong:
        raise UnreadableSheet("这不是能打开的 Excel（xlsx）文件，请另存为 xlsx 后再导入。") from wrong
    found = list(_rows(lines))
    if not found:
        raise UnreadableSheet("表里没有一行大纲，请照模板填写后再导入。")
    if len(found) > MOST_ROWS:
        raise UnreadableSheet(f"表里超过 {MOST_ROWS} 行，请分成几份导入。")
    return found


def _rows(lines: list[tuple]) -> Iterator[SheetRow]:
    heading, place = _heading(lines)
    for number, line in enumerate(lines[place + 1 :], start=place + 2):
        cells = {name: _text(line[column]) for name, column in heading.items() if column < len(line)}
        if any(cells.values()) and cells.get("来源") != EXAMPLE:
            yield SheetRow(number, {name: cells.get(name, "") for name in COLUMNS})


def _heading(lines: list[tuple]) -> tuple[dict[str, int], int]:
    """Where each column stands, and in which line the heading is; it may lie beneath a title."""
    best: set[str] = set()
    for place, line in enumerate(lines[:20]):
        found = {_text(cell): column for column, cell in enumerate(line) if _text(cell) in COLUMNS}
        if found.keys() >= NEEDED:
            return found, place
        best = max(best, set(found), key=len)
    missing = "、".join(name for name in COLUMNS if name in NEEDED - best)
    raise UnreadableSheet(f"找不到表头，缺这些列：{missing}。请下载模板，照它的列名填写。")


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return f"{cell:g}"
    return "" if cell is None else str(cell).replace("\0", "").strip()


def template(items: Iterable[tuple[str, str]]) -> bytes:
    """A workbook to fill in, with (name, kind) of every cell of the catalog for copying on a second sheet."""
    from openpyxl import Workbook  # loads numpy, which no other page or command should wait for
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "培训大纲"
    sheet.append(COLUMNS)
    sheet.append(_SHOWN)
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
        sheet[f"{column}1"].font = Font(bold=True)
    sheet["H2"].alignment = Alignment(wrap_text=True)
    sheet.freeze_panes = "A2"
    names = book.create_sheet("可填的操作项目")
    names.append(("操作项目", "培训类型"))
    for row in items:
        names.append(row)
    names.column_dimensions["A"].width = 60
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
