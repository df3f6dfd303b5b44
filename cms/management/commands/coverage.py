from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from docx.document import Document

from cms.coverage.checklist import checklist
from cms.coverage.editions import NO_EDITION, current_edition
from cms.coverage.matrix import CoveredCell, coverage
from cms.management.report_command import UNREADABLE, ReportCommand


class Command(ReportCommand):
    help = "目录各格的课程是否齐备；有缺时退出码为 1"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--docx", metavar="PATH", type=Path, help="写成填好的《理论课程内容检查表》")

    def handle(self, **options: Any) -> None:
        if options["docx"] and options["json"]:
            raise CommandError("--docx 和 --json 不能同时使用，请分两次运行。", returncode=UNREADABLE)
        super().handle(**options)

    def report(self, **options: Any) -> dict[str, Any]:
        today = timezone.localdate()
        edition = current_edition(today)
        if edition is None:
            raise CommandError(NO_EDITION, returncode=UNREADABLE)
        cells = coverage(edition, today=today)
        if options["docx"]:
            _save(checklist(edition, cells, today=today), options["docx"])
        return {
            "edition": edition.slug,
            "rows": len({covered.cell.row.pk for covered in cells}),
            "cells": len(cells),
            "covered": sum(covered.is_covered for covered in cells),
            "cells_detail": [_detail(covered) for covered in cells],
        }

    def lines(self, report: dict[str, Any]) -> list[str]:
        head = f"{report['edition']}：{report['cells']} 格中 {report['covered']} 格已有发布的课程。"
        lacking = [cell for cell in report["cells_detail"] if cell["missing"]]
        return [head, *(f"{cell['item']} {cell['kind']}：{'；'.join(cell['missing'])}" for cell in lacking)]

    def falls_short(self, report: dict[str, Any]) -> bool:
        return report["covered"] < report["cells"]


def _save(document: Document, path: Path) -> None:
    try:
        document.save(str(path))
    except OSError as error:
        raise CommandError(f"写不了文件 {path}，请核对文件夹和权限。", returncode=UNREADABLE) from error


def _detail(covered: CoveredCell) -> dict[str, Any]:
    return {
        "item": covered.cell.row.item_id,
        "kind": str(covered.cell.kind),
        "state": str(covered.state),
        "course": covered.course_id,
        "missing": covered.missing,
    }
