"""Comma, tab or semicolon separated values with a heading row."""

import csv
from collections.abc import Sequence

from question_bank.importing.columns import by_heading
from question_bank.importing.encoding import decode
from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import Row

_DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT = 20  # lines


def delimiter(text: str) -> str | None:
    """What parts the cells, when one of the first lines is a heading row; None for any other text."""
    for line in text.splitlines()[:10]:
        for mark in _DELIMITERS:
            if mark in line and by_heading(_cells(line, mark)):
                return mark
    return next((mark for mark in _DELIMITERS if _is_regular(text, mark)), None)


def _is_regular(text: str, mark: str) -> bool:
    """Whether the first lines have the same number of cells, three or more: a heading of unknown words."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    widths = {len(_cells(line, mark)) for line in lines}
    return len(lines) > 2 and len(widths) == 1 and widths.pop() > 2


def tables(data: bytes) -> list[list[Row]]:
    text = decode(data)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter(text) or ",")
        return [[Row(f"第 {reader.line_num} 行", tuple(cells)) for cells in reader]]
    except csv.Error as error:
        raise Unreadable("CSV 文件有一格过长，或引号没有配对；请核对后再导入。") from error


def _cells(line: str, mark: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
