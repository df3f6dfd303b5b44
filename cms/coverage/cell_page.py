"""What one cell of the catalog lacks, for the panel above the matrix."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.models import RowSuccession, TrainingOutline
from cms.coverage.matrix import CoveredCell
from cms.models import Course
from cms.review.gates import mend_url, obstacles_of
from cms.review.rules import Obstacle


@dataclass(frozen=True, slots=True)
class CellPanel:
    covered: CoveredCell
    outline: TrainingOutline | None
    obstacles: list[tuple[Obstacle, str]]
    stands_for: list[RowSuccession]


def cell_panel(cells: Iterable[CoveredCell], key: str, today: date) -> CellPanel | None:
    """The panel of the cell that `key` names; None when it names none."""
    covered = next((each for each in cells if each.key == key), None)
    if covered is None:
        return None
    row = covered.cell.row
    outlines = TrainingOutline.objects.in_force_on(today).filter(item=row.item_id, kind=covered.cell.kind)
    stands_for = RowSuccession.objects.filter(newer=row).select_related("older__edition", "newer")
    return CellPanel(covered, outlines.last(), _obstacles(covered), list(stands_for))


def _obstacles(covered: CoveredCell) -> list[tuple[Obstacle, str]]:
    """What keeps the draft of a cell without a release from review, each with where it is mended."""
    if covered.release_id or covered.course_id is None:
        return []
    course = Course.objects.get(pk=covered.course_id)
    found = obstacles_of(course.get_latest_revision_as_object())
    return [(obstacle, mend_url(course.pk, obstacle)) for obstacle in found]
