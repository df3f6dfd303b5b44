"""Tables that hold nothing but numbers and their keys: side by side, in pairs, one below the other."""

from collections.abc import Iterator, Sequence
from itertools import batched, chain

from question_bank.importing.columns import is_key, key_columns
from question_bank.importing.key_lines import is_list, read_headed_keys
from question_bank.importing.lines import KEY_LIST, TYPE_HEADING, Line
from question_bank.importing.rows import Row
from question_bank.likeness.folding import fold, narrow

_NUMBERS = ("题号", "序号", "题目")
_KEYS = ("答案", "参考答案", "正确答案")


def key_lines(rows: Sequence[Row]) -> list[Line]:
    """Lines such as `1. A`; none for a table that holds anything else."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    columns = key_columns(filled[0].cells) if filled else None
    if columns:
        at = columns.fields
        return [Line(row.where, f"{row.cell(at['number'])}. {row.cell(at['answer'])}") for row in filled[1:]]
    return list(_side_by_side(filled)) or list(_in_pairs(filled))


def _side_by_side(rows: Sequence[Row]) -> Iterator[Line]:
    """Rows of numbers, each above a row of keys, with or without 题号 and 答案 before them."""
    for numbers, keys in zip(rows[::2], rows[1::2], strict=False):
        pairs = [(n.strip(), key.strip()) for n, key in zip(numbers.cells, keys.cells, strict=False)]
        if pairs and fold(pairs[0][0]) in _NUMBERS and fold(pairs[0][1]) in _KEYS:
            pairs = pairs[1:]
        filled = [(number, key) for number, key in pairs if number or key]
        if not filled or not all(number.isdecimal() and is_key(key) for number, key in filled):
            return
        yield from (Line(numbers.where, f"{number}. {key}") for number, key in filled)


def _in_pairs(rows: Sequence[Row]) -> Sequence[Line]:
    """`1 │ A │ 2 │ B`, and headings or lists of keys in a row alone; empty when anything else stands."""
    read = [_of_row(row) for row in rows]
    are_keys = all(read) and any(is_list(line.text) or line.text[:1].isdecimal() for line in chain(*read))
    return list(chain(*read)) if are_keys else []


def _of_row(row: Row) -> list[Line]:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if len(cells) == 1:
        said = narrow(cells[0])
        is_said = KEY_LIST.match(said) or TYPE_HEADING.match(said) or read_headed_keys(said) or is_list(said)
        return [Line(row.where, cells[0])] if is_said else []
    pairs = list(batched(cells, 2))
    fit = all(len(pair) == 2 and pair[0].isdecimal() and is_key(pair[1]) for pair in pairs)
    return [Line(row.where, f"{number}. {key}") for number, key in pairs] if fit else []
