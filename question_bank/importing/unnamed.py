"""What a table has no heading for, and people see all the same: a column of keys, names in a second row."""

from collections.abc import Sequence
from dataclasses import replace

from question_bank.importing.columns import Columns, are_keys, by_heading, is_option_name
from question_bank.importing.rows import Row

_MOSTLY = 0.8


def with_second_row(first: Row, second: Row, columns: Columns) -> Columns | None:
    """`选项` above `A B C D`: the columns that both rows name together; None when the second names none."""
    stem = columns.fields["stem"]
    names = {cell.strip() for cell in second.cells} - {cell.strip() for cell in first.cells} - {""}
    if second.cell(stem).strip() not in ("", first.cell(stem).strip()) or len(names) < 2:
        return None
    if not all(map(is_option_name, names)):
        return None
    width = max(len(first.cells), len(second.cells))
    return by_heading([second.cell(at).strip() or first.cell(at) for at in range(width)])


def with_key_column(columns: Columns, heading: Row, body: Sequence[Row]) -> Columns:
    """The one column without a name in which nearly every row has a key, where no column is named so."""
    if columns.fields.keys() & {"answer", "right"} or not body:
        return columns
    named = {*columns.fields.values(), *columns.options}
    width = max(len(row.cells) for row in body)
    nameless = [at for at in range(width) if at not in named and not heading.cell(at).strip()]
    keys = [at for at in nameless if _is_of_keys([row.cell(at).strip() for row in body])]
    if len(keys) != 1:
        return columns
    others = [at for at in columns.others if at != keys[0]]
    return replace(columns, fields={**columns.fields, "answer": keys[0]}, others=others)


def _is_of_keys(cells: Sequence[str]) -> bool:
    return are_keys(cells) and sum(map(bool, cells)) >= _MOSTLY * len(cells)
