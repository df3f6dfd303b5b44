"""Merged cells: what stands in the first of them is said of all rows they span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.importing.rows import Row

_MOST = 20_000  # areas; further ones are let be


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns from 0, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


def with_merged(rows: list[Row], areas: Sequence[Area]) -> list[Row]:
    """Areas over several rows fill their first column downwards; those within one row are a mere title."""
    for area in areas[:_MOST]:
        if area.bottom > area.top < len(rows):
            _fill(rows, area)
    return rows


def _fill(rows: list[Row], area: Area) -> None:
    value = rows[area.top].cell(area.left)
    if not value.strip():
        return
    for at in range(area.top + 1, min(area.bottom + 1, len(rows))):
        if any(cell.strip() for cell in rows[at].cells):
            rows[at] = replace(rows[at], cells=_with(rows[at].cells, area.left, value))


def _with(cells: tuple[str, ...], at: int, value: str) -> tuple[str, ...]:
    padded = (*cells, *[""] * (at + 1 - len(cells)))
    return (*padded[:at], value, *padded[at + 1 :])
