from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.instructor_export import instructor_document, profiles


class Command(BaseCommand):
    help = "已发布课程的全部师资简介，写成一个 Word 文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--docx", metavar="PATH", type=Path, required=True)

    def handle(self, *, docx: Path, **options: Any) -> None:
        found = profiles()
        try:
            instructor_document(found, today=timezone.localdate()).save(str(docx))
        except OSError as error:
            raise CommandError(f"写不了文件 {docx}，请核对文件夹和权限。", returncode=2) from error
        self.stdout.write(f"{docx}：{len(found)} 位教师的简介。")
