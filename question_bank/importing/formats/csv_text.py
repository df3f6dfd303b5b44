"""Comma, tab or semicolon separated values with a heading row."""

import csv
from collections.abc import Sequence

from question_bank.importing.columns import by_heading
from question_bank.importing.encoding import decode
from question_bank.importing.raw import RawQuestion, Unreadable
from question_bank.importing.tables import Row, read_table

_DELIMITERS = (",", "\t", ";", "|")


def delimiter(text: str) -> str | None:
    """What parts the cells, when one of the first lines is a heading row; None for any other text."""
    for line in text.splitlines()[:10]:
        for mark in _DELIMITERS:
            if mark in line and by_heading(_cells(line, mark)):
                return mark
    return None


def read(data: bytes) -> list[RawQuestion]:
    text = decode(data)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter(text) or ",")
        return read_table([Row(f"第 {reader.line_num} 行", tuple(cells)) for cells in reader])
    except csv.Error as error:
        raise Unreadable("CSV 文件有一格过长，或引号没有配对；请核对后再导入。") from error


def _cells(line: str, mark: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
