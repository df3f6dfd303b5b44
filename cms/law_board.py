"""What the law asks of published courses now: open notices in order of urgency, and closed ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet

from catalog.deadlines import state_on
from catalog.models import InstrumentVersion
from cms.models import CourseCitation, UpdateNotice
from cms.states import Chip, due_chip


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """`state` is open, due_soon, overdue or closed; a notice without a due date is open."""

    notice: UpdateNotice
    older: list[InstrumentVersion]
    state: str
    chip: Chip
    days_left: int | None

    @property
    def left(self) -> str:
        """还剩 12 天 or 已逾期 3 天; empty without a due date."""
        if self.days_left is None:
            return ""
        return f"已逾期 {-self.days_left} 天" if self.days_left < 0 else f"还剩 {self.days_left} 天"


def notice_rows(today: date) -> list[NoticeRow]:
    """Every notice: overdue first, then by due date, undated, closed; a fixed number of queries."""
    notices = _with_texts(UpdateNotice.objects.order_by(F("closed_at").desc(nulls_first=True), "pk"))
    rows = [_row(notice, today) for notice in notices]
    return sorted(rows, key=_urgency)


def undated_versions(rows: Iterable[NoticeRow]) -> list[tuple[InstrumentVersion, int]]:
    """The new texts that lack the date their deadline runs from, and how many courses wait for it."""
    return Counter(
        row.notice.version for row in rows if row.state == "open" and not row.notice.due
    ).most_common()


def _urgency(row: NoticeRow) -> tuple[bool, date]:
    closed = row.state == "closed"
    return closed, date.min if closed else row.notice.due or date.max


def _with_texts(notices: QuerySet[UpdateNotice]) -> QuerySet[UpdateNotice]:
    citations = Prefetch("course__citations", CourseCitation.objects.only("course", "version"))
    related = notices.select_related("course", "version__instrument", "closed_by", "closed_release")
    return related.prefetch_related("version__replaces", citations)


def _row(notice: UpdateNotice, today: date) -> NoticeRow:
    left = notice.days_left(today)
    state = "closed" if notice.closed_at else state_on(notice.due, today) if notice.due else "open"
    return NoticeRow(notice, _older(notice), str(state), due_chip(notice, today), left)


def _older(notice: UpdateNotice) -> list[InstrumentVersion]:
    """The replaced texts that the course cites; all of them when it cites none any more."""
    cited = {citation.version_id for citation in notice.course.citations.all()}
    replaced = list(notice.version.replaces.all())
    return [version for version in replaced if version.pk in cited] or replaced
