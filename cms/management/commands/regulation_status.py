from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from cms.law.board import NoticeRow, notice_rows
from cms.management.report_command import ReportCommand, day

STATES = {"open": "未到期", "due_soon": "将到期", "overdue": "已逾期", "closed": "已办结"}


class Command(ReportCommand):
    help = "法规变动要求更新的课程；有逾期时退出码为 1"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--today", type=day, help="按这一天计算（默认今天）")

    def report(self, **options: Any) -> dict[str, Any]:
        today = options["today"] or timezone.localdate()
        return {"today": today.isoformat(), "notices": [_notice(row) for row in notice_rows(today)]}

    def lines(self, report: dict[str, Any]) -> list[str]:
        if not report["notices"]:
            return ["没有要更新的课程。"]
        return [_line(notice) for notice in report["notices"]]

    def falls_short(self, report: dict[str, Any]) -> bool:
        return any(notice["state"] == "overdue" for notice in report["notices"])


def _notice(row: NoticeRow) -> dict[str, Any]:
    notice = row.notice
    return {
        "course": notice.course_id,
        "title": notice.course.title,
        "instrument": notice.version.instrument.slug,
        "version": notice.version.slug,
        "reason": notice.reason,
        "base_date": notice.base_date and notice.base_date.isoformat(),
        "due": notice.due and notice.due.isoformat(),
        "state": row.state,
        "days_left": row.days_left,
    }


def _line(notice: dict[str, Any]) -> str:
    due = notice["due"] or "期限待查"
    return f"{STATES[notice['state']]}  {due}  {notice['title']}：{notice['reason']}"
