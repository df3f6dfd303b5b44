"""`export_questions --item SLUG --format FORMAT --out PATH`: a bank out, to be read back by anybody."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accounts.models import Institution
from catalog.models import OperationItem
from question_bank.content import QuestionType
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS, Losses, find_losses
from question_bank.intake import NoSignatory, find_institution
from question_bank.management.bank_command import FALLS_SHORT, BankCommand, find_item, refusal
from question_bank.models import Question

_SHOWN = 20  # characters of a stem


class Command(BankCommand):
    help = "导出一个操作项目的题目（不含已停用的）。退出码：0 全部写出，1 有题目该格式写不下，2 写不了。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", required=True, choices=sorted(WRITERS), help="格式")
        parser.add_argument("--out", required=True, type=Path, metavar="PATH", help="写到哪个文件")
        parser.add_argument("--institution", metavar="NAME", help="只导出该机构的题目")

    def handle(self, *, format: str, out: Path, **options: Any) -> None:
        item = find_item(options["item"])
        entries = _entries(item, options["institution"])
        if not entries:
            raise refusal(f"“{item.name}”还没有题目可导出，请先新建或导入。")
        written = WRITERS[format](entries, item.name)
        _save(out, written)
        losses = find_losses(entries, written)
        for line in _said(losses, format):
            self.stderr.write(line)
        self.stdout.write(f"已写出 {len(entries) - len(losses.questions)} 道题：{out}")
        if losses.questions:
            sys.exit(FALLS_SHORT)


def _entries(item: OperationItem, institution: str | None) -> list[Entry]:
    standing = Question.objects.filter(item=item).not_retired().order_by("pk")
    if institution:
        standing = standing.filter(institution=_institution(institution))
    return [
        Entry(question.content, tuple(point.name for point in question.knowledge_points.all()))
        for question in standing.prefetch_related("knowledge_points")
    ]


def _institution(name: str) -> Institution:
    try:
        return find_institution(name)
    except NoSignatory as error:
        raise refusal(str(error)) from error


def _save(out: Path, written: bytes) -> None:
    try:
        out.write_bytes(written)
    except OSError as error:
        raise refusal(f"写不了文件 {out}，请核对路径和权限。") from error


def _said(losses: Losses, format: str) -> list[str]:
    fields = [f"{format} 格式存不下{name}，涉及 {count} 道题。" for name, count in losses.fields.items()]
    questions = [
        f"{format} 格式写不下这道{QuestionType(entry.content.type).label}：{entry.content.stem[:_SHOWN]}"
        for entry in losses.questions
    ]
    return fields + questions
