"""`import_questions FILE --item SLUG [--dry-run] [--items] [--json]`: a bank in, nothing lost silently."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from question_bank.importing.hints import BadHints, Hints, read_hints
from question_bank.importing.raw import Level, Unreadable
from question_bank.importing.verdicts import Verdict
from question_bank.intake.at_once import (
    Intake,
    NoSignatory,
    command_line_signatory,
    counts,
    find_signatory,
    read_intake,
    save_intake,
)
from question_bank.management.bank_command import FALLS_SHORT, BankCommand, find_item, refusal

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "提示"}


class Command(BankCommand):
    help = "导入题库文件。退出码：0 全部导入或已有，1 有题目未收，2 文件读不了或参数不对。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", type=Path, help="题库文件，格式按内容识别")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
        parser.add_argument("--items", action="store_true", help="列出每道题")
        parser.add_argument("--institution", metavar="NAME", help="题目归属的机构，默认为导入人的机构")
        parser.add_argument("--by", metavar="USERNAME", help="导入人，默认为唯一的课程作者")
        parser.add_argument("--keys", metavar="FILE", type=Path, help="另一个文件里的答案，按题号和部分对上")
        parser.add_argument("--mapping", metavar="FILE.json", type=Path, help="各列是什么、数字答案怎么读")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        item = find_item(options["item"])
        try:
            signatory = find_signatory(username=options["by"], institution=options["institution"])
            intake = read_intake(
                file,
                item=item,
                institution=signatory and signatory.institution,
                keys=options["keys"],
                hints=_hints(options["mapping"]),
            )
            if not dry_run:
                signatory = signatory or command_line_signatory(options["institution"])
                save_intake(intake, item=item, signatory=signatory, now=timezone.now())
        except (Unreadable, NoSignatory, BadHints) as error:
            raise refusal(f"{file.name}：{error}") from error
        report = _report(intake, with_items=options["items"])
        self.stdout.write(_json(report) if options["json"] else _text(report, dry_run=dry_run))
        if _refused(report):
            sys.exit(FALLS_SHORT)


def _hints(mapping: Path | None) -> Hints | None:
    """What the mapping file says. Raises BadHints."""
    if mapping is None:
        return None
    try:
        return read_hints(json.loads(mapping.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        if isinstance(error, BadHints):
            raise
        raise BadHints(f"读不了列对应文件 {mapping.name}，它应是一个 JSON 文件，请核对。") from error


def _report(intake: Intake, *, with_items: bool) -> dict[str, Any]:
    examination = intake.examination
    report = {
        "file": str(intake.file),
        "format": intake.format,
        **counts(examination),
        "problems": [
            {"where": where, "level": defect.level, "code": defect.code, "message": defect.message}
            for where, defect in examination.problems()
        ],
    }
    items = [_item(verdict) for verdict in examination.verdicts]
    return report | {"items": items} if with_items else report


def _item(verdict: Verdict) -> dict[str, Any]:
    content = verdict.content
    return {
        "number": verdict.number,
        "type": str(content.type),
        "stem": content.stem,
        "options": list(content.options),
        "answer": list(content.answer),
        "explanation": content.explanation,
        "section": verdict.section,
        "state": verdict.state,
    }


def _refused(report: dict[str, Any]) -> int:
    return report["found"] - report["accepted"] - report["duplicates"]


def _json(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)


def _text(report: dict[str, Any], *, dry_run: bool) -> str:
    done = "可导入" if dry_run else "已导入"
    head = (
        f"{report['file']}（{report['format']}）：共 {report['found']} 道题，"
        f"{done} {report['accepted']} 道，重复 {report['duplicates']} 道，未收 {_refused(report)} 道。"
    )
    problems = [f"  [{_LEVELS[p['level']]}] {p['where']}：{p['message']}" for p in report["problems"]]
    items = [f"  {item['number']}. {_line(item)}" for item in report.get("items", ())]
    return "\n".join([head, *problems, *items])


def _line(item: dict[str, Any]) -> str:
    return f"{item['stem']}　{'；'.join(item['options'])}　〔{''.join(item['answer'])}〕"
