"""What the law asks of published courses: notices in order of urgency, filtered and by the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.models import Institution, User
from catalog.deadlines import DUE_SOON_DAYS, state_on
from catalog.models import InstrumentVersion, OperationItem
from cms.law.notices import notices_to_come
from cms.models import CourseCitation, UpdateNotice
from cms.states import CLOSED, Chip, due_chip

STATES = {
    "open": "未到期",
    "due_soon": "将到期",
    "overdue": "已逾期",
    "undated": "期限待查",
    "closed": "已办结",
}


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


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the board shows; an empty field lets everything through, but closed ones only when asked for."""

    state: str = ""
    item: str = ""
    institution: str = ""
    author: str = ""
    due: date | None = None
    month: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "BoardFilter":
        state, month = query.get("state", ""), query.get("month", "")
        return cls(
            state=state if state in STATES else "",
            item=query.get("item", "").replace("\0", ""),
            institution=_number(query.get("institution", "")),
            author=_number(query.get("author", "")),
            due=_day(query.get("due", "")),
            month=_day(f"{month}-01") if month else None,
        )

    @property
    def is_active(self) -> bool:
        return self != BoardFilter()

    @property
    def is_narrowed(self) -> bool:
        """Whether the form of the filters has something chosen."""
        return bool(self.item or self.institution or self.author)

    def narrow(self, notices: QuerySet[UpdateNotice]) -> QuerySet[UpdateNotice]:
        """The notices of the chosen item, institution and author, whatever their state."""
        fields = {
            "course__item": self.item,
            "course__institution": self.institution,
            "course__created_by": self.author,
        }
        return notices.filter(**{name: value for name, value in fields.items() if value})

    def apply(self, notices: QuerySet[UpdateNotice], today: date) -> QuerySet[UpdateNotice]:
        """The notices that fit, the most urgent first; closed ones newest first."""
        notices = self.narrow(notices)
        if self.due:
            notices = notices.filter(due=self.due)
        if self.month:
            notices = notices.filter(due__year=self.month.year, due__month=self.month.month)
        notices = notices.filter(_state_is(self.state, today))
        closed = self.state == "closed"
        return notices.order_by(*(["-closed_at"] if closed else [F("due").asc(nulls_last=True)]), "pk")


def notice_rows(today: date) -> list[NoticeRow]:
    """Every notice as it stood on `today`: overdue first, then by due date, undated, closed.

    What the sweep of that day opens is among them, so that a day ahead is answered too; nothing is saved.
    """
    began = Q(base_date=None) | Q(base_date__lte=today)
    notices = with_texts(
        UpdateNotice.objects.filter(began).order_by(F("closed_at").desc(nulls_first=True), "pk")
    )
    coming = notices_to_come(today)
    prefetch_related_objects(coming, "course", "version__instrument", "version__replaces", _citations())
    return sorted((notice_row(notice, today) for notice in [*notices, *coming]), key=_urgency)


def notice_row(notice: UpdateNotice, today: date) -> NoticeRow:
    closed, left = notice.is_closed_on(today), notice.days_left(today)
    state = "closed" if closed else str(state_on(notice.due, today)) if notice.due else "open"
    return NoticeRow(notice, _older(notice), state, CLOSED if closed else due_chip(notice, today), left)


def with_texts(notices: QuerySet[UpdateNotice]) -> QuerySet[UpdateNotice]:
    """What rows need, fetched for all of them at once."""
    related = notices.select_related("course", "version__instrument", "closed_by", "closed_release")
    related = related.defer("closed_release__manifest")
    return related.prefetch_related("version__replaces", _citations())


def _citations() -> Prefetch:
    return Prefetch("course__citations", CourseCitation.objects.only("course", "version"))


def counts(notices: QuerySet[UpdateNotice], today: date) -> dict[str, int]:
    """How many are in each state of `STATES`: one query."""
    return notices.aggregate(**{state: Count("pk", filter=_state_is(state, today)) for state in STATES})


def undated_versions(notices: QuerySet[UpdateNotice]) -> list[tuple[InstrumentVersion, int]]:
    """The new texts that lack the date their deadline runs from, and how many courses wait for it."""
    waiting = notices.filter(_state_is("undated", date.min)).values("version").annotate(courses=Count("pk"))
    waiting = dict(waiting.order_by("-courses").values_list("version", "courses"))
    versions = InstrumentVersion.objects.in_bulk(waiting)
    return [(versions[pk], courses) for pk, courses in waiting.items()]


def choices() -> dict[str, Iterable]:
    """What the filters offer: only items, institutions and authors that have a notice."""
    return {
        "items": OperationItem.objects.filter(courses__notices__isnull=False).distinct(),
        "institutions": Institution.objects.filter(courses__notices__isnull=False).distinct(),
        "authors": User.objects.filter(pk__in=UpdateNotice.objects.values("course__created_by")).order_by(
            "last_name", "first_name", "username"
        ),
    }


def _state_is(state: str, today: date) -> Q:
    still_open = Q(closed_at=None)
    match state:
        case "closed":
            return ~still_open
        case "undated":
            return still_open & Q(due=None)
        case "overdue":
            return still_open & Q(due__lt=today)
        case "due_soon":
            return still_open & Q(due__range=(today, today + timedelta(days=DUE_SOON_DAYS)))
        case "open":
            return still_open & Q(due__gt=today + timedelta(days=DUE_SOON_DAYS))
    return still_open


def _urgency(row: NoticeRow) -> tuple[bool, date]:
    closed = row.state == "closed"
    return closed, date.min if closed else row.notice.due or date.max


def _older(notice: UpdateNotice) -> list[InstrumentVersion]:
    """The replaced texts that the course cites; all of them when it cites none any more."""
    cited = {citation.version_id for citation in notice.course.citations.all()}
    replaced = list(notice.version.replaces.all())
    return [version for version in replaced if version.pk in cited] or replaced


def _number(text: str) -> str:
    return text if text.isdecimal() and len(text) < 10 else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
