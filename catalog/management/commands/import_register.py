from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.register.cells import UnreadableRegister
from catalog.register.files import import_register

FALLS_SHORT, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "导入法规标准登记表（csv 或 json）；有一行不合要求就一行也不导入，退出码为 1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="export_register 写出的格式")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            done = import_register(file.read_bytes(), name=file.name)
        except OSError as error:
            raise CommandError(f"读不到文件 {file}，请核对路径和权限。", returncode=UNREADABLE) from error
        except UnreadableRegister as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        if done.problems:
            lines = [f"{problem.where}：{problem.message}" for problem in done.problems]
            raise CommandError(
                "\n".join([f"有 {len(lines)} 处要改，一行也没有导入：", *lines]), returncode=FALLS_SHORT
            )
        for where, dates in done.undated:
            self.stdout.write(f"{where}：{'、'.join(dates)}不明，查明后请补录。")
        self.stdout.write(
            f"新增 {len(done.created)} 个版本，改动 {len(done.changed)} 个，未变 {done.same} 个。"
        )
