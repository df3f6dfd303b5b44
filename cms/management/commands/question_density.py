from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cms.course_page import LessonRow, rows_of
from cms.management.report_command import UNREADABLE, ReportCommand
from cms.models import Course
from question_bank.rules import CLAUSE


class Command(ReportCommand):
    help = "课程最新稿每个课时的题目是否够数；不够时退出码为 1"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--course", type=_course_id, required=True, help="课程编号")

    def report(self, **options: Any) -> list[dict[str, Any]]:
        course = Course.objects.filter(pk=options["course"]).first()
        if course is None:
            raise CommandError(f"没有编号为 {options['course']} 的课程，请核对。", returncode=UNREADABLE)
        _, rows = rows_of(course.get_latest_revision_as_object())
        return [_lesson(row) for row in rows]

    def lines(self, report: list[dict[str, Any]]) -> list[str]:
        return [_line(lesson) for lesson in report] or ["课程还没有课时。"]

    def falls_short(self, report: list[dict[str, Any]]) -> bool:
        return any(lesson["present"] < lesson["required"] for lesson in report)


def _course_id(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return int(text)
    raise ArgumentTypeError(f"课程编号「{text}」不对，应为数字，如 12。")


def _lesson(row: LessonRow) -> dict[str, Any]:
    return {
        "lesson": str(row.lesson.key),
        "title": row.lesson.title,
        "duration_s": row.facts.duration_s,
        "required": row.required,
        "present": row.facts.usable_questions,
        "windows": [
            {"start_s": window.start_s, "end_s": window.end_s, "questions": window.questions}
            for window in row.windows
        ],
    }


def _line(lesson: dict[str, Any]) -> str:
    lacking = lesson["required"] - lesson["present"]
    verdict = f"还差 {lacking} 道。（{CLAUSE}）" if lacking > 0 else "够数。"
    return f"「{lesson['title']}」至少需要 {lesson['required']} 道题，现有 {lesson['present']} 道，{verdict}"
