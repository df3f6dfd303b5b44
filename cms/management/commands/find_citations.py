import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from catalog.citations import CitationKind, find_citations
from catalog.citations.register import registered_titles
from catalog.texts import UnreadableText, read_text, text_of
from cms.management.report_command import UNREADABLE, ReportCommand

KINDS = {
    CitationKind.INSTRUMENT: "法规",
    CitationKind.STANDARD: "标准",
    CitationKind.DOCUMENT_NUMBER: "文号",
}


class Command(ReportCommand):
    help = "找出文本中引用的法规、标准和文号；FILE 为 txt、md、docx，或用 - 从标准输入读"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE", help="txt、md、docx 文件；- 为标准输入")

    def report(self, **options: Any) -> list[dict[str, Any]]:
        try:
            text = _text(options["file"])
        except UnreadableText as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        return [asdict(citation) for citation in find_citations(text, register=registered_titles())]

    def lines(self, report: list[dict[str, Any]]) -> list[str]:
        return [_line(citation) for citation in report] or ["没有找到引用的法规、标准或文号。"]

    def falls_short(self, report: list[dict[str, Any]]) -> bool:
        return False


def _text(file: str) -> str:
    return text_of(sys.stdin.buffer.read(), name="标准输入") if file == "-" else read_text(Path(file))


def _line(citation: dict[str, Any]) -> str:
    return f"{citation['start']}–{citation['end']}\t{KINDS[citation['kind']]}\t{' '.join(_words(citation))}"


def _words(citation: dict[str, Any]) -> Iterator[str]:
    if citation["title"]:
        yield f"《{citation['title']}》" + (f"（{citation['number']}）" if citation["number"] else "")
    elif citation["code"]:
        yield citation["code"] + (f"-{citation['year']}" if citation["year"] else "")
    else:
        yield citation["number"]
    yield from citation["articles"]
