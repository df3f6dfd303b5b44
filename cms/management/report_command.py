"""What the reading commands share: text for people or one JSON document, and three exit statuses."""

import json
import sys
from argparse import SUPPRESS, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

FALLS_SHORT = 1
UNREADABLE = 2


class ReportCommand(BaseCommand):
    """`report` gathers, `lines` writes it for people; exit status 1 when `falls_short` of it."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Without the usage lines, so that a wrong argument is answered with one line."""
        return super().create_parser(prog_name, subcommand, usage=SUPPRESS, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")

    def handle(self, **options: Any) -> None:
        try:
            report = self.report(**options)
        except DatabaseError as missing:
            sentence = "数据库打不开或还没有建好，请先运行 ./run manage prepare。"
            raise CommandError(sentence, returncode=UNREADABLE) from missing
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(self.lines(report)))
        if self.falls_short(report):
            sys.exit(FALLS_SHORT)

    def report(self, **options: Any) -> Any:
        raise NotImplementedError

    def lines(self, report: Any) -> list[str]:
        raise NotImplementedError

    def falls_short(self, report: Any) -> bool:
        raise NotImplementedError


def day(text: str) -> date:
    """A day as 2026-11-23, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"日期「{text}」不对，请写成 2026-11-23 这样。") from error
