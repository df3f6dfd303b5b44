from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.register.files import export_rows
from catalog.register.writing import write_csv, write_json


class Command(BaseCommand):
    help = "导出法规标准登记表"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *, format: str, out: Path, **options: Any) -> None:
        rows = list(export_rows())
        text = write_csv(rows) if format == "csv" else write_json(rows)
        try:
            out.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"写不了文件 {out}，请核对路径和权限。", returncode=2) from error
        self.stdout.write(f"导出 {len(rows)} 个版本。")
