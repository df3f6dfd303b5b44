"""`export_questions --item SLUG --format FORMAT --out PATH`: a bank out, to be read back by anybody."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from accounts.models import Institution
from catalog.models import OperationItem
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS, export
from question_bank.intake.at_once import NoSignatory, find_institution
from question_bank.management.bank_command import FALLS_SHORT, BankCommand, find_item, refusal
from question_bank.models import Question
from question_bank.questions.exports import entries_of


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
        written = export(entries, item.name, format)
        _save(out, written.data)
        losses = written.losses
        for line in losses.said(format):
            self.stderr.write(line)
        self.stdout.write(f"已写出 {len(entries) - len(losses.questions)} 道题：{out}")
        if losses.questions:
            sys.exit(FALLS_SHORT)


def _entries(item: OperationItem, institution: str | None) -> list[Entry]:
    standing = Question.objects.filter(item=item).not_retired().order_by("pk")
    if institution:
        standing = standing.filter(institution=_institution(institution))
    try:
        return entries_of(standing)
    except FileNotFoundError as error:
        raise refusal("有题目的配图在存储中找不到，请先恢复图片再导出。") from error


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
