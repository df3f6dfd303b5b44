"""The cells of an edition: each asks for one course of its own (理论课程内容检查表)."""

from dataclasses import dataclass

from catalog.models import CatalogEdition, EditionRow, OperationItem, TrainingKind


@dataclass(frozen=True)
class Cell:
    row: EditionRow
    kind: TrainingKind

    @property
    def item(self) -> OperationItem:
        return self.row.item


def cells(edition: CatalogEdition) -> list[Cell]:
    """The cells in printed order, row by row, new before renewal; one query."""
    rows = edition.rows.select_related("item").order_by("order")
    return [Cell(row, kind) for row in rows for kind in row.kinds]
