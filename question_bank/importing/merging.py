"""Merged cells: what stands in the first of them is said of all rows they span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.importing.rows import Row

_MOST = 1_000_000  # cells filled; a sheet that merges more is no bank


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns from 0, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


def with_merged(rows: list[Row], areas: Sequence[Area]) -> list[Row]:
    """Areas over several rows fill their first column downwards; those within one row are a mere title."""
    left = _MOST
    for area in areas:
        if left > 0 and area.bottom > area.top < len(rows):
            left -= _fill(rows, area)
    return rows


def _fill(rows: list[Row], area: Area) -> int:
    """Returns how many rows were looked at."""
    value, end = rows[area.top].cell(area.left), min(area.bottom + 1, len(rows))
    for at in range(area.top + 1, end) if value.strip() else ():
        if any(cell.strip() for cell in rows[at].cells):
            rows[at] = replace(rows[at], cells=_with(rows[at].cells, area.left, value))
    return end - area.top


def _with(cells: tuple[str, ...], at: int, value: str) -> tuple[str, ...]:
    padded = (*cells, *[""] * (at + 1 - len(cells)))
    return (*padded[:at], value, *padded[at + 1 :])
