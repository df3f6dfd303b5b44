"""Which of the catalog's cells can be taught today, and what the others lack (理论课程内容检查表)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from wagtail.models import WorkflowState

from catalog.cells import Cell, cells
from catalog.deadlines import days_left
from catalog.models import CatalogEdition
from cms.models import Course, CourseRelease, UpdateNotice


class CellState(StrEnum):
    """From best to worst; `sign` stands beside the colour, never colour alone."""

    COVERED = "covered"
    DUE = "due"
    OVERDUE = "overdue"
    IN_REVIEW = "in_review"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
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
    CellState.WITHDRAWN: ("已下架", "✕"),
    CellState.EMPTY: ("没有课程", "–"),
}
_PUBLISHED = frozenset({CellState.COVERED, CellState.DUE, CellState.OVERDUE})
_ORDER = list(CellState)


@dataclass(frozen=True, slots=True)
class CoveredCell:
    """`release_id` names what institutions may choose; a cell without one has at most a draft."""

    cell: Cell
    state: CellState
    course_id: int | None = None
    title: str = ""
    release_id: UUID | None = None
    due: date | None = None
    days_left: int | None = None
    missing: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names the cell in the address of the page."""
        return f"{self.cell.row.item_id}:{self.cell.kind}"

    @property
    def is_covered(self) -> bool:
        return self.state in _PUBLISHED

    @property
    def text(self) -> str:
        """The state in a word, or the days that count: 还剩 12 天, 逾期 3 天."""
        if self.days_left is None:
            return self.state.label
        return f"逾期 {-self.days_left} 天" if self.days_left < 0 else f"还剩 {self.days_left} 天"


def coverage(edition: CatalogEdition, *, today: date) -> list[CoveredCell]:
    """Every cell of `edition` in printed order, with a fixed number of queries."""
    published, pending, notices = _published(), _pending(), _open_notices()
    return [_judge(cell, published, pending, notices, today) for cell in cells(edition)]


def _judge(cell: Cell, published: dict, pending: dict, notices: dict, today: date) -> CoveredCell:
    """The best course of a cell speaks for it."""
    key = (cell.row.item_id, str(cell.kind))
    if key in published:
        found = [_released(cell, row, notices.get(row["course"], []), today) for row in published[key]]
    else:
        found = [_unreleased(cell, *row) for row in pending.get(key, [])]
    empty = CoveredCell(cell, CellState.EMPTY, missing=["还没有课程"])
    return min(found, key=lambda covered: _ORDER.index(covered.state), default=empty)


def _released(cell: Cell, release: dict, notices: list[tuple[date | None, str]], today: date) -> CoveredCell:
    due = min((day for day, _ in notices if day), default=None)
    late = due is not None and due < today
    return CoveredCell(
        cell,
        CellState.OVERDUE if late else CellState.DUE if notices else CellState.COVERED,
        release["course"],
        release["title"],
        release_id=release["pk"],
        due=due,
        days_left=due and days_left(due, today),
        missing=[reason for _, reason in notices],
    )


def _unreleased(cell: Cell, course_id: int, title: str, state: CellState) -> CoveredCell:
    missing = f"课程「{title}」现在不能选用（{state.label}）"
    return CoveredCell(cell, state, course_id, title, missing=[missing])


def _published() -> dict[tuple[str, str], list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in CourseRelease.objects.current().values("pk", "item", "kind", "course", "title"):
        found[row["item"], row["kind"]].append(row)
    return found


def _pending() -> dict[tuple[str, str], list[tuple[int, str, CellState]]]:
    """Courses without a release that can be chosen, and how far they are."""
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=Course.get_base_content_type()
    )
    in_review = set(waiting.values_list("object_id", flat=True))
    withdrawn = CourseRelease.objects.filter(course=OuterRef("pk"), withdrawn_at__isnull=False)
    drafts = Course.objects.exclude(releases__in=CourseRelease.objects.current())
    found = defaultdict(list)
    for course in drafts.annotate(was_withdrawn=Exists(withdrawn)):
        state = CellState.WITHDRAWN if course.was_withdrawn else CellState.DRAFT
        state = CellState.IN_REVIEW if str(course.pk) in in_review else state
        found[course.item_id, course.kind].append((course.pk, course.title, state))
    return found


def _open_notices() -> dict[int, list[tuple[date | None, str]]]:
    found = defaultdict(list)
    for course, due, reason in UpdateNotice.objects.filter(closed_at=None).values_list(
        "course", "due", "reason"
    ):
        found[course].append((due, reason))
    return found
