"""The report for the authority: what the law asked, what was done by when, and why something is late."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from docx.document import Document
from docx.shared import Mm

from catalog.deadlines import CLAUSE
from cms.law.board import STATES, BoardFilter, counts, with_texts
from cms.models import UpdateNotice
from cms.words import add_title, new_document, simple_table

MOST = 1000  # rows of one table; beyond, the document says how many more there are

OPEN_HEADINGS = ("课程", "新版法规或标准", "起算日", "截止日", "情况", "说明")
OPEN_WIDTHS = (Mm(46), Mm(42), Mm(31), Mm(31), Mm(24), Mm(87))  # 261 mm: A4 across
CLOSED_WIDTHS = (Mm(55), Mm(48), Mm(31), Mm(40), Mm(87))
CLOSED_HEADINGS = ("课程", "新版法规或标准", "截止日", "办结日", "怎样办结")


def law_report(notices: QuerySet[UpdateNotice], *, today: date) -> Document:
    """All notices as of `today`: the numbers, the overdue with their explanations, the open, the closed."""
    document = new_document(landscape=True)
    add_title(document, "课程法规更新情况报告", f"截至 {day(today)}　　依据：{CLAUSE}、机构承诺书第三项")
    numbers = counts(notices, today)
    document.add_heading("一、概况", level=1)
    simple_table(document, tuple(STATES.values()), [[str(numbers[state]) for state in STATES]])
    for number, state in zip("二三四五六", ("overdue", "due_soon", "open", "undated", "closed"), strict=True):
        document.add_heading(f"{number}、{STATES[state]}（{numbers[state]} 条）", level=1)
        _section(document, state, notices, today)
    return document


def _section(document: Document, state: str, notices: QuerySet[UpdateNotice], today: date) -> None:
    found = with_texts(BoardFilter(state=state).apply(notices, today)).prefetch_related("remarks__by")
    rows = list(found[: MOST + 1])
    if not rows:
        document.add_paragraph("没有。")
        return
    closed = state == "closed"
    headings, line, widths = (
        (CLOSED_HEADINGS, _closed, CLOSED_WIDTHS) if closed else (OPEN_HEADINGS, _open, OPEN_WIDTHS)
    )
    simple_table(document, headings, [line(notice, today) for notice in rows[:MOST]], widths=widths)
    if len(rows) > MOST:
        document.add_paragraph(f"表中列到第 {MOST} 条，其余见系统。")


def _open(notice: UpdateNotice, today: date) -> Sequence[str]:
    left = notice.days_left(today)
    state = "期限待查" if left is None else f"逾期 {-left} 天" if left < 0 else f"还剩 {left} 天"
    return (
        notice.course.title,
        str(notice.version),
        day(notice.base_date),
        day(notice.due),
        state,
        "\n".join([f"{notice.reason}。", *_remarks(notice.remarks.all())]),
    )


def _closed(notice: UpdateNotice, today: date) -> Sequence[str]:
    on = timezone.localdate(notice.closed_at)
    late = f"（晚 {(on - notice.due).days} 天）" if notice.due and on > notice.due else ""
    if notice.closed_release:
        how = f"{notice.closed_by} 审核通过第 {notice.closed_release.number} 版"
    else:
        how = f"{notice.closed_by} 复核同意无须修改：{notice.closed_reason}"
    return notice.course.title, str(notice.version), day(notice.due), f"{day(on)}{late}", how


def _remarks(remarks: Iterable) -> list[str]:
    return [f"{day(timezone.localdate(remark.at))} {remark.by}：{remark.text}" for remark in remarks]


def day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else "不明"
