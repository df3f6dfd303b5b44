from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.loading import UnreadableData


class DataCommand(BaseCommand):
    """Load one data file, print the counts; exit status 2 when the file cannot be read."""

    default: Path
    noun: str
    load: Callable[..., Counter[str]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=self.default, help="JSON 数据文件")
        parser.add_argument("--overwrite", action="store_true", help="用文件内容覆盖已有条目")

    def handle(self, *, file: Path, overwrite: bool, **options: Any) -> None:
        try:
            counts = self.load(file, overwrite=overwrite)
        except UnreadableData as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            "{noun}：新增 {created}，覆盖 {overwritten}，保留原有 {kept}。".format(noun=self.noun, **counts)
        )
