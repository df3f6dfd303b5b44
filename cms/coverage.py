"""Which of the catalog's cells can be taught today, and what the others lack (理论课程内容检查表)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wagtail.models import WorkflowState

from catalog.cells import Cell, cells
from catalog.models import CatalogEdition
from cms.models import Course, CourseRelease, UpdateNotice


class CellState(StrEnum):
    """From best to worst; `sign` stands beside the colour, never colour alone."""

    COVERED = "covered"
    DUE = "due"
    OVERDUE = "overdue"
    IN_REVIEW = "in_review"
    DRAFT = "draft"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        return _LOOKS[self][0]

    @property
    def sign(self) -> str:
        return _LOOKS[self][1]


_LOOKS = {
    CellState.COVERED: ("已发布", "✓"),
    CellState.DUE: ("待更新", "◷"),
    CellState.OVERDUE: ("已逾期", "!"),
    CellState.IN_REVIEW: ("待审核", "…"),
    CellState.DRAFT: ("编写中", "✎"),
    CellState.EMPTY: ("没有课程", "–"),
}
_PUBLISHED = frozenset({CellState.COVERED, CellState.DUE, CellState.OVERDUE})


@dataclass(frozen=True, slots=True)
class CoveredCell:
    cell: Cell
    state: CellState
    course_id: int | None = None
    title: str = ""
    due: date | None = None
    missing: list[str] = field(default_factory=list)

    @property
    def is_covered(self) -> bool:
        return self.state in _PUBLISHED


def coverage(edition: CatalogEdition, *, today: date) -> list[CoveredCell]:
    """Every cell of `edition` in printed order, with a fixed number of queries."""
    published, pending, notices = _published(), _pending(), _open_notices()
    return [_judge(cell, published, pending, notices, today) for cell in cells(edition)]


def _judge(cell: Cell, published: dict, pending: dict, notices: dict, today: date) -> CoveredCell:
    key = (cell.row.item_id, str(cell.kind))
    if key in published:
        return min(
            (_released(cell, *course, notices.get(course[0], []), today) for course in published[key]),
            key=lambda covered: list(CellState).index(covered.state),
        )
    if key in pending:
        course_id, title, waiting = max(pending[key], key=lambda course: course[2])
        state = CellState.IN_REVIEW if waiting else CellState.DRAFT
        return CoveredCell(cell, state, course_id, title, missing=[f"课程「{title}」还没有发布（{state.label}）"])
    return CoveredCell(cell, CellState.EMPTY, missing=["还没有课程"])


def _released(
    cell: Cell, course_id: int, title: str, notices: list[tuple[date | None, str]], today: date
) -> CoveredCell:
    if not notices:
        return CoveredCell(cell, CellState.COVERED, course_id, title)
    due = min((day for day, _ in notices if day), default=None)
    state = CellState.OVERDUE if due and due < today else CellState.DUE
    return CoveredCell(cell, state, course_id, title, due, [reason for _, reason in notices])


def _published() -> dict[tuple[str, str], list[tuple[int, str]]]:
    found = defaultdict(list)
    for item, kind, course, title in CourseRelease.objects.current().values_list(
        "item", "kind", "course", "title"
    ):
        found[item, kind].append((course, title))
    return found


def _pending() -> dict[tuple[str, str], list[tuple[int, str, bool]]]:
    """Courses without a release that can be chosen, and whether a reviewer has them."""
    waiting = set(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=Course.get_base_content_type(),
        ).values_list("object_id", flat=True)
    )
    found = defaultdict(list)
    drafts = Course.objects.exclude(releases__in=CourseRelease.objects.current())
    for item, kind, course, title in drafts.values_list("item", "kind", "pk", "title"):
        found[item, kind].append((course, title, str(course) in waiting))
    return found


def _open_notices() -> dict[int, list[tuple[date | None, str]]]:
    found = defaultdict(list)
    for course, due, reason in UpdateNotice.objects.filter(closed_at=None).values_list(
        "course", "due", "reason"
    ):
        found[course].append((due, reason))
    return found
