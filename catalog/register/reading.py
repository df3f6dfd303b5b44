"""A file of the register as rows; every problem of it is found at once."""

from catalog.register.cells import UnreadableRegister, cells_of
from catalog.register.judging import clashes, fill
from catalog.register.row import Problem, Row


def read_register(data: bytes, *, name: str) -> tuple[list[Row], list[Problem]]:
    """The rows of a csv or json file, one for each version, and every problem; raises UnreadableRegister."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for where, cells in cells_of(data, name=name):
        row = Row(where)
        problems += [Problem(where, message) for message in fill(row, cells)]
        rows.append(row)
    if not rows:
        raise UnreadableRegister(f"「{name}」里没有一行法规，请核对文件。")
    return rows, [*problems, *clashes(rows)]
