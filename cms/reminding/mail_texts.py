"""The words of our mails."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from catalog.deadlines import CLAUSE, days_left
from cms.models import Reminder, RightsReminder, UpdateNotice

MOST = 50  # courses named in one mail; the site has all
LICENCES_ASK = (
    "下列已发布课程的版权授权即将到期或已经到期，请续展授权、改好版权信息后送审新版，"
    "或者请平台下架（机构承诺书第二项）："
)


def reminder_mail(person: User, reminders: Sequence[Reminder], today: date) -> tuple[str, str]:
    """Subject and body for one person, the most urgent first."""
    notices = [reminder.notice for reminder in reminders]
    lines = [_line(notice, today) for notice in notices[:MOST]]
    if len(notices) > MOST:
        lines.append(f"另有 {len(notices) - MOST} 条，请到网站上看。")
    page = settings.WAGTAILADMIN_BASE_URL + reverse("site:reminders")
    body = "\n\n".join(
        [f"{person}，您好：", f"下列课程要按新规更新（{CLAUSE}）：", *lines, f"全部提醒：{page}"]
    )
    return _subject(notices, today), body


def rights_mail(person: User, reminders: Sequence[RightsReminder], today: date) -> tuple[str, str]:
    """Subject and body for one person about licences that run out."""
    lines = [_licence_line(reminder, today) for reminder in reminders[:MOST]]
    if len(reminders) > MOST:
        lines.append(f"另有 {len(reminders) - MOST} 门，请到网站上看。")
    page = settings.WAGTAILADMIN_BASE_URL + reverse("site:reminders")
    body = "\n\n".join([f"{person}，您好：", LICENCES_ASK, *lines, f"全部提醒：{page}"])
    return f"安课：{len(reminders)} 门课程的版权授权到期提醒", body


def _licence_line(reminder: RightsReminder, today: date) -> str:
    left = days_left(reminder.until, today)
    days = f"已到期 {-left} 天" if left < 0 else f"还剩 {left} 天"
    until = f"{reminder.until.year}年{reminder.until.month}月{reminder.until.day}日"
    return f"· 《{reminder.release.title}》授权至 {until}，{days}。"


def _subject(notices: Sequence[UpdateNotice], today: date) -> str:
    overdue = sum(notice.due < today for notice in notices)
    late = f"，其中 {overdue} 条已逾期" if overdue else ""
    return f"安课：{len(notices)} 条课程更新期限提醒{late}"


def _line(notice: UpdateNotice, today: date) -> str:
    left = days_left(notice.due, today)
    days = f"已逾期 {-left} 天" if left < 0 else f"还剩 {left} 天"
    due = f"{notice.due.year}年{notice.due.month}月{notice.due.day}日"
    return f"· 《{notice.course.title}》{days}，最晚 {due} 24 时。\n  {notice.reason}。"
