"""Tables in Word of other kinds: keys by number, and one question in a table of two columns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from question_bank.importing.columns import by_heading, is_key, key_columns
from question_bank.importing.rows import Row
from question_bank.importing.tables import has_heading
from question_bank.likeness.folding import fold

_NUMBERS = ("题号", "序号", "题目")
_KEYS = ("答案", "参考答案", "正确答案")


def standing(rows: Sequence[Row]) -> list[list[Row]]:
    """题干 │ …, A │ …, 答案 │ … as a table with a heading row, one for each question."""
    pairs = [row for row in rows if any(row.cells)]
    if (
        not pairs
        or any(len(row.cells) != 2 for row in pairs)
        or not by_heading([row.cells[0] for row in pairs])
    ):
        return []
    first = fold(pairs[0].cells[0])
    begins = [at for at, row in enumerate(pairs) if fold(row.cells[0]) == first] + [len(pairs)]
    return [_turned(pairs[begin:end]) for begin, end in pairwise(begins)]


def _turned(pairs: Sequence[Row]) -> list[Row]:
    names, values = zip(*(row.cells for row in pairs), strict=True)
    return [Row(pairs[0].where, names), Row(pairs[0].where, values)]


def as_tables(rows: Sequence[Row]) -> list[list[Row]]:
    """The questions in a table, as tables with a heading row; none when it has no questions of this kind."""
    return [list(rows)] if has_heading(rows) else standing(rows)


def key_lines(rows: Sequence[Row]) -> list[str]:
    """The lines `1. A` of a table that holds keys by number, side by side or one below the other."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    columns = key_columns(filled[0].cells) if filled else None
    if columns:
        at = columns.fields
        return [f"{row.cell(at['number'])}. {row.cell(at['answer'])}" for row in filled[1:]]
    return list(_side_by_side(filled))


def _side_by_side(rows: Sequence[Row]) -> Iterator[str]:
    """Rows of numbers, each above a row of keys, with or without 题号 and 答案 before them."""
    for numbers, keys in zip(rows[::2], rows[1::2], strict=False):
        pairs = [(n.strip(), key.strip()) for n, key in zip(numbers.cells, keys.cells, strict=False)]
        if pairs and fold(pairs[0][0]) in _NUMBERS and fold(pairs[0][1]) in _KEYS:
            pairs = pairs[1:]
        filled = [(number, key) for number, key in pairs if number or key]
        if not filled or not all(number.isdecimal() and is_key(key) for number, key in filled):
            return
        yield from (f"{number}. {key}" for number, key in filled)
