"""By when a course must follow a changed law, standard or piece of knowledge (平台承诺书第九项)."""

import calendar
import datetime
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from catalog.kinds import InstrumentKind

CLAUSE = "网络培训平台承诺书第九项"
MONTHS_AFTER_EFFECTIVE = 2  # 「法律法规、行业管理规定实施后…至少在 2 个月内」
MONTHS_AFTER_PUBLISHED = 3  # 「技术标准等发布…后…至少在 3 个月内」
MONTHS_AFTER_RECORDED = 3  # 「新知识更新后…至少在 3 个月内」

DUE_SOON_DAYS = 30  # ours: from here on a notice is shown as due soon
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Deadline:
    """`due` is the last day, until 24:00 in Shanghai; `months` run from `base`."""

    base: datetime.date
    months: int
    due: datetime.date


@dataclass(frozen=True)
class NoDeadline:
    """No day can be computed; `reason` says what is missing and what to do."""

    reason: str


class DueState(StrEnum):
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def update_due(
    kind: str, *, published: datetime.date | None, effective: datetime.date | None
) -> Deadline | NoDeadline:
    """The deadline an instrument sets: a standard counts from its publication, all else from taking effect.

    New knowledge counts from the day it was recorded, which is its `published`.
    An unknown date is never replaced by the other one. `kind`: an `InstrumentKind`, else ValueError.
    """
    if InstrumentKind(kind) is InstrumentKind.NEW_KNOWLEDGE:
        missing = f"登记日期不明，无法计算 {MONTHS_AFTER_RECORDED} 个月的更新期限，请补录登记日期。"
        return knowledge_due(published) if published else NoDeadline(missing)
    if InstrumentKind(kind) is InstrumentKind.TECHNICAL_STANDARD:
        missing = f"发布日期不明，无法计算 {MONTHS_AFTER_PUBLISHED} 个月的更新期限，请查明后补录发布日期。"
        return _deadline(published, MONTHS_AFTER_PUBLISHED, missing)
    missing = f"施行日期不明，无法计算 {MONTHS_AFTER_EFFECTIVE} 个月的更新期限，请查明后补录施行日期。"
    return _deadline(effective, MONTHS_AFTER_EFFECTIVE, missing)


def knowledge_due(recorded: datetime.date) -> Deadline:
    """The deadline new knowledge sets, from the day it was recorded."""
    return Deadline(recorded, MONTHS_AFTER_RECORDED, add_months(recorded, MONTHS_AFTER_RECORDED))


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later, or that month's last day (民法典第二百零二条)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days_left(due: datetime.date, today: datetime.date) -> int:
    """Whole days until the last day: 0 on it, negative when it is past."""
    return (due - today).days


def state_on(due: datetime.date, today: datetime.date) -> DueState:
    left = days_left(due, today)
    if left < 0:
        return DueState.OVERDUE
    return DueState.DUE_SOON if left <= DUE_SOON_DAYS else DueState.OPEN


def is_overdue(due: datetime.date, instant: datetime.datetime) -> bool:
    """Whether the last day has ended in Shanghai (民法典第二百零三条); ValueError for a naive `instant`."""
    if instant.tzinfo is None:
        raise ValueError("is_overdue needs an aware instant")
    return instant.astimezone(SHANGHAI).date() > due


def _deadline(base: datetime.date | None, months: int, missing: str) -> Deadline | NoDeadline:
    return Deadline(base, months, add_months(base, months)) if base else NoDeadline(missing)
