"""The matrix of the catalog as a picture: lines of cells under the headings of the notice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from catalog.models import EditionRow
from cms.coverage.matrix import CellState, CoveredCell
from cms.pictures.grouping import Qualification, grouped


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the notice with its cells, new before renewal."""

    cells: list[CoveredCell]

    @property
    def row(self) -> EditionRow:
        return self.cells[0].cell.row


@dataclass(frozen=True, slots=True)
class Share:
    """How many cells are in a state; `start` and `width` are percent of the bar."""

    state: CellState
    count: int
    start: float
    width: float


def matrix(cells: Iterable[CoveredCell], *, state: str = "", text: str = "") -> list[Qualification[Line]]:
    """Lines whose name holds `text` and of which a cell is in `state`; empty filters let all through."""
    lines = [Line(list(row)) for _, row in groupby(cells, lambda covered: covered.cell.row)]
    shown = [
        line
        for line in lines
        if text.casefold() in str(line.row).casefold()
        and (not state or any(covered.state == state for covered in line.cells))
    ]
    return grouped(shown, lambda line: line.row)


def shares(cells: Iterable[CoveredCell]) -> list[Share]:
    """Every state from best to worst with its part of the whole."""
    counts = Counter(covered.state for covered in cells)
    total, start, found = counts.total() or 1, 0.0, []
    for state in CellState:
        width = 100 * counts[state] / total
        found.append(Share(state, counts[state], round(start, 3), round(width, 3)))
        start += width
    return found
