"""`check_video FILE… [--profile LIMITS.json] [--json]`: the whole analysis, without a database."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline.limits.shape import BadLimits
from media_pipeline.limits.thresholds import DEFAULT_PROFILE, Profile
from media_pipeline.measuring.inspection import (
    Cutting,
    Unreadable,
    inspect_file,
    judge,
    report_json,
    unreadable_json,
)

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
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        parser.add_argument(
            "--profile", type=Path, metavar="LIMITS.json", help="按这个文件里的阈值判定（默认按内置阈值）"
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="超过 20 分钟的视频分段，由 N 个进程同时测量（默认每核一个，1 为不分段）",
        )
        parser.add_argument("--show-profile", action="store_true", help="输出所用阈值的 JSON，不检查文件")

    def handle(self, *args: Any, files: list[Path], json: bool, **options: Any) -> None:
        profile = self._profile(options["profile"])
        if options["show_profile"]:
            self.stdout.write(_json(profile.to_json()))
            return
        if not files:
            raise CommandError("请写明要检查的文件。", returncode=2)
        reports = [_report(file, profile, options["workers"]) for file in files]
        self.stdout.write(_json(reports) if json else "\n\n".join(map(_text, reports)))
        for report in reports:
            if not report["readable"]:
                self.stderr.write(f"{report['file']}：{report['error']}")
        raise SystemExit(_exit_status({report["verdict"] for report in reports}))

    def _profile(self, path: Path | None) -> Profile:
        """The limits of the file, or the built-in ones; a file that is off ends the command with 2."""
        try:
            return read_profile(path) if path else DEFAULT_PROFILE
        except BadLimits as bad:
            for sentence in (each for sentences in bad.problems.values() for each in sentences):
                self.stderr.write(f"{path}：{sentence}")
            raise SystemExit(2) from None


def read_profile(path: Path) -> Profile:
    """Raises `BadLimits`, also for a file that is not there or no JSON."""
    try:
        return Profile.from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise BadLimits({"": [f"阈值文件读不出来：{error.strerror}。"]}) from error
    except ValueError as error:
        raise BadLimits({"": ["阈值文件不是 JSON；用 --show-profile 可得到一份样本。"]}) from error


def _report(file: Path, profile: Profile, workers: int) -> dict[str, Any]:
    cutting = Cutting(settings.MEDIA_CUT_OVER_S, settings.MEDIA_PIECE_S)
    name = os.fsencode(file).decode(errors="replace")  # a name need not be text
    try:
        facts = inspect_file(file, workers=workers, cutting=cutting)
    except Unreadable as unreadable:
        return unreadable_json(name, unreadable.reason)
    return report_json(name, facts, judge(facts, profile))


def _exit_status(verdicts: set[str]) -> int:
    if "unreadable" in verdicts:
        return 2
    return 1 if "fail" in verdicts else 0


def _json(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _text(report: dict[str, Any]) -> str:
    head = f"{report['file']}：{WORDS[report['verdict']]}"
    if not report["readable"]:
        return f"{head}\n  {report['error']}"
    return "\n".join(
        [head, *(f"  [{WORDS[c['verdict']]}] {c['title']}：{c['message']}" for c in report["checks"])]
    )
