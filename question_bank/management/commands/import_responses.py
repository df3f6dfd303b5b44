"""`import_responses FILE.csv --source NAME [--json]`: what learners answered, each row once."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from question_bank.management.bank_command import FALLS_SHORT, BankCommand, refusal
from question_bank.models import Question
from question_bank.responses.reckoning import reckon
from question_bank.responses.table import MAX_BYTES, BadResponses, read_csv
from question_bank.responses.taking import Taken, take


class Command(BankCommand):
    help = "导入学员作答（csv），并重新计算难度和区分度。退出码：0 全部收下，1 有行未收，2 读不了。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="csv 文件")
        parser.add_argument("--source", required=True, metavar="NAME", help="来自哪个学习平台")
        parser.add_argument("--json", action="store_true", help="只输出一个 JSON 文档")

    def handle(self, *, file: Path, source: str, **options: Any) -> None:
        if not 0 < len(source.strip()) <= 60:
            raise refusal("--source 应有 1 到 60 个字。")
        try:
            with file.open("rb") as stream:
                rows = read_csv(stream.read(MAX_BYTES + 1))
            taken = take(rows, source=source.strip(), questions=Question.objects.all())
        except OSError as error:
            raise refusal(f"读不到文件 {file}，请核对路径和权限。") from error
        except BadResponses as error:
            raise refusal(f"{file.name}：{error}") from error
        reckon()
        self.stdout.write(_json(taken) if options["json"] else _text(taken))
        if taken.refused:
            sys.exit(FALLS_SHORT)


def _json(taken: Taken) -> str:
    return json.dumps(asdict(taken), ensure_ascii=False, indent=2)


def _text(taken: Taken) -> str:
    head = f"共 {taken.found} 行：收下 {taken.accepted}，重复 {taken.duplicates}，未收 {taken.refused}。"
    return "\n".join(
        [head, *(f"  第 {problem['row']} 行：{problem['message']}" for problem in taken.problems)]
    )
