"""Tables in Word of another kind: one question in a table of names and values."""

import re
from collections.abc import Sequence
from itertools import batched, pairwise

from question_bank.importing.columns import by_heading
from question_bank.importing.rows import Row
from question_bank.importing.tables import has_heading
from question_bank.likeness.folding import fold

_NUMBER = re.compile(r"第?\s*\d{1,4}\s*[题.、]?")


def standing(rows: Sequence[Row]) -> list[list[Row]]:
    """题干 │ …, A │ …, 答案 │ … as a table with a heading row, one for each question."""
    pairs = _pairs(rows)
    if not by_heading([row.cells[0] for row in pairs]):
        return []
    first = fold(pairs[0].cells[0])
    begins = [at for at, row in enumerate(pairs) if fold(row.cells[0]) == first] + [len(pairs)]
    return [_turned(pairs[begin:end]) for begin, end in pairwise(begins)]


def _pairs(rows: Sequence[Row]) -> list[Row]:
    """Names and values, two or four cells a row; a number where a name should be heads the question."""
    if any(len(row.cells) % 2 for row in rows):
        return []
    pairs = [Row(row.where, pair) for row in rows for pair in batched(row.cells, 2) if any(pair)]
    return [
        Row(row.where, ("题目", row.cells[1])) if _NUMBER.fullmatch(row.cells[0]) else row for row in pairs
    ]


def _turned(pairs: Sequence[Row]) -> list[Row]:
    names, values = zip(*(row.cells for row in pairs), strict=True)
    return [Row(pairs[0].where, names), Row(pairs[0].where, values)]


def as_tables(rows: Sequence[Row]) -> list[list[Row]]:
    """The questions in a table, as tables with a heading row; none when it has no questions of this kind."""
    return [list(rows)] if has_heading(rows) else standing(rows)
