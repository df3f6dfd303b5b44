"""`check_video FILE… [--json]`: the whole analysis from the command line, without a database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_pipeline.inspection import Unreadable, inspect_file, judge, report_json, unreadable_json

WORDS = {
    "pass": "合格",
    "warn": "注意",
    "fail": "不合格",
    "unknown": "待人工确认",
    "not_applicable": "不适用",
    "unreadable": "无法读取",
}


class Command(BaseCommand):
    help = "检查视频文件的画面和声音质量（附件3第8项）。退出码：0 无不合格，1 有不合格，2 有文件无法读取。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, files: list[Path], json: bool, **options: Any) -> None:
        reports = [_report(file) for file in files]
        self.stdout.write(_json(reports) if json else "\n\n".join(map(_text, reports)))
        for report in reports:
            if not report["readable"]:
                self.stderr.write(f"{report['file']}：{report['error']}")
        raise SystemExit(_exit_status({report["verdict"] for report in reports}))


def _report(file: Path) -> dict[str, Any]:
    try:
        facts = inspect_file(file)
    except Unreadable as unreadable:
        return unreadable_json(str(file), unreadable.reason)
    return report_json(str(file), facts, judge(facts))


def _exit_status(verdicts: set[str]) -> int:
    if "unreadable" in verdicts:
        return 2
    return 1 if "fail" in verdicts else 0


def _json(reports: list[dict[str, Any]]) -> str:
    return json.dumps(reports, ensure_ascii=False, indent=2)


def _text(report: dict[str, Any]) -> str:
    head = f"{report['file']}：{WORDS[report['verdict']]}"
    if not report["readable"]:
        return f"{head}\n  {report['error']}"
    return "\n".join(
        [head, *(f"  [{WORDS[c['verdict']]}] {c['title']}：{c['message']}" for c in report["checks"])]
    )
