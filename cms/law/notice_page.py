"""What the page of one notice shows: the rule behind its date, what was done so far, how it can be closed."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.utils import timezone

from accounts.models import User
from catalog.deadlines import CLAUSE, update_due
from catalog.kinds import InstrumentKind
from cms.law.board import NoticeRow, notice_row
from cms.law.closing import why_not_decide
from cms.models import Course, NoChange, UpdateNotice, Withholding

COUNTING = "民法典第二百条至第二百零三条：按月计算，到期月没有对应日的以月末日为末日，末日算到 24 时"

STARTS = {InstrumentKind.TECHNICAL_STANDARD: "发布", InstrumentKind.NEW_KNOWLEDGE: "登记"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, in a sentence."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    row: NoticeRow
    rule: str
    counting: str
    events: list[Event]
    proposal: NoChange | None
    why_not: str | None
    may_write: bool

    @property
    def notice(self) -> UpdateNotice:
        return self.row.notice

    @property
    def is_open(self) -> bool:
        return self.notice.closed_at is None

    @property
    def is_knowledge(self) -> bool:
        """Whether no law changed, but something new was recorded that courses must take up."""
        return self.notice.version.instrument.kind == InstrumentKind.NEW_KNOWLEDGE


def notice_page(notice: UpdateNotice, *, user: User, today: date) -> NoticePage:
    proposal = notice.no_changes.filter(accepted=None).select_related("proposed_by", "notice__course").first()
    return NoticePage(
        row=notice_row(notice, today),
        rule=rule_of(notice),
        counting=COUNTING,
        events=_events(notice),
        proposal=proposal,
        why_not=why_not_decide(user, proposal) if proposal else None,
        may_write=Course.objects.writable_by(user).filter(pk=notice.course_id).exists(),
    )


def rule_of(notice: UpdateNotice) -> str:
    """Which promise counts, from which day, as one sentence; the months come from the rule itself."""
    kind = InstrumentKind(notice.version.instrument.kind)
    asked = update_due(kind, published=notice.base_date, effective=notice.base_date)
    if notice.base_date is None:
        return f"{CLAUSE}；{asked.reason}"
    starts = STARTS.get(kind, "施行")
    return f"{kind.label}自{starts}之日起 {asked.months} 个月内更新、完善（{CLAUSE}）"


def _events(notice: UpdateNotice) -> list[Event]:
    """Everything that happened, oldest first."""
    found = [(notice.opened_at, "登记更新提醒")]
    for reminder in notice.reminders.prefetch_related("people"):
        names = "、".join(map(str, reminder.people.all()))
        found.append((reminder.at, f"提醒（{reminder.get_step_display()}）：{names or '没有人可以提醒'}"))
    for remark in notice.remarks.select_related("by"):
        found.append((remark.at, f"{remark.by} 说明：{remark.text}"))
    for proposal in notice.no_changes.select_related("proposed_by", "decided_by"):
        found += _of_proposal(proposal)
    for withholding in notice.withholdings.all():
        found += _of_withholding(withholding)
    if notice.closed_release:
        found.append(
            (notice.closed_at, f"{notice.closed_by} 审核通过第 {notice.closed_release.number} 版，办结")
        )
    return [Event(timezone.localdate(at), text) for at, text in sorted(found, key=itemgetter(0))]


def _of_proposal(proposal: NoChange) -> list[tuple]:
    found = [(proposal.proposed_at, f"{proposal.proposed_by} 提出无须修改：{proposal.reason}")]
    if proposal.decided_at:
        word = "同意无须修改，办结" if proposal.accepted else "不同意无须修改"
        answer = f"：{proposal.answer}" if proposal.answer else ""
        found.append((proposal.decided_at, f"{proposal.decided_by} {word}{answer}"))
    return found


def _of_withholding(withholding: Withholding) -> list[tuple]:
    found = [(withholding.since, "逾期，课程暂停供机构选用")]
    if withholding.until:
        found.append((withholding.until, f"恢复供机构选用（{withholding.ended_because}）"))
    return found
