"""Comma, tab or semicolon separated values with a heading row."""

import csv
from collections import Counter
from collections.abc import Sequence

from question_bank.importing.columns import by_heading, is_key
from question_bank.importing.encoding import decode
from question_bank.importing.raw import Unreadable
from question_bank.importing.tables import Row

_DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT, _LINES = 100_000, 40  # characters, lines
_FEW, _MOSTLY = 3, 0.9


def delimiter(text: str) -> str | None:
    """What parts the cells, when one of the first lines is a heading row; None for any other text."""
    for line in text.splitlines()[:10]:
        for mark in _DELIMITERS:
            if mark in line and by_heading(_cells(line, mark)):
                return mark
    return next((mark for mark in _DELIMITERS if _is_regular(text, mark)), None)


def is_table(text: str) -> bool:
    """Whether a text of which somebody says that it has columns has any: most lines the same number."""
    return any(_is_regular(text, mark, least=2) for mark in _DELIMITERS)


def _is_regular(text: str, mark: str, least: int = 3) -> bool:
    """Whether the first rows have the same number of cells, a heading of unknown words among them.

    Two columns are a table by themselves when the second holds keys.
    """
    rows = [row for row in _first_rows(text, mark) if any(row)]
    widths = Counter(map(len, rows))
    width, alike = max(widths.items(), key=lambda pair: pair[1], default=(0, 0))
    if len(rows) < _FEW or alike < _MOSTLY * len(rows):
        return False
    keys = [row[1] for row in rows[1:] if len(row) == width == 2]
    return width >= least or (bool(keys) and all(map(is_key, keys)))


def _first_rows(text: str, mark: str) -> list[list[str]]:
    lines = text[:_LOOKED_AT].splitlines(keepends=True)[:_LINES]
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]
    except csv.Error:
        return []


def tables(data: bytes) -> list[list[Row]]:
    text = decode(data)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter(text) or _said(text))
        return [[Row(f"第 {reader.line_num} 行", tuple(cells)) for cells in reader]]
    except csv.Error as error:
        raise Unreadable("CSV 文件有一格过长，或引号没有配对；请核对后再导入。") from error


def _said(text: str) -> str:
    return next((mark for mark in _DELIMITERS if _is_regular(text, mark, least=2)), ",")


def _cells(line: str, mark: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
