"""The cells of an edition: each asks for one course of its own (理论课程内容检查表)."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

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


def item_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The items of the newest edition under their categories, in printed order, for a form; one query."""
    rows = EditionRow.objects.filter(edition=CatalogEdition.objects.order_by("-valid_from")[:1])
    rows = rows.order_by("order").values_list("category", "item", "code", "name")
    return [
        (category, [(item, f"{code} {name}".strip()) for _, item, code, name in group])
        for category, group in groupby(rows, key=itemgetter(0))
    ]
