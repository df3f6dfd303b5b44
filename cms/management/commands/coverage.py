from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from cms.coverage import CoveredCell, coverage
from cms.editions import NO_EDITION, current_edition
from cms.management.report_command import UNREADABLE, ReportCommand


class Command(ReportCommand):
    help = "目录各格的课程是否齐备；有缺时退出码为 1"

    def report(self, **options: Any) -> dict[str, Any]:
        today = timezone.localdate()
        edition = current_edition(today)
        if edition is None:
            raise CommandError(NO_EDITION, returncode=UNREADABLE)
        cells = coverage(edition, today=today)
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


def _detail(covered: CoveredCell) -> dict[str, Any]:
    return {
        "item": covered.cell.row.item_id,
        "kind": str(covered.cell.kind),
        "state": str(covered.state),
        "course": covered.course_id,
        "missing": covered.missing,
    }
