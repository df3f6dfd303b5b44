from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from catalog.comparing import Article, ArticleChange, Change, compare_articles, split_articles
from catalog.texts import UnreadableText, read_text
from cms.management.report_command import UNREADABLE, ReportCommand

WORDS = {
    Change.SAME: "未变",
    Change.REWORDED: "有改动",
    Change.RENUMBERED: "只改序号",
    Change.SPLIT: "拆分",
    Change.MERGED: "合并",
    Change.ADDED: "新增",
    Change.REMOVED: "删去",
}


class Command(ReportCommand):
    help = "逐条比较一部法规的新旧两个文本；文本为 txt、md、docx"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("old", metavar="OLD", type=Path, help="旧文本")
        parser.add_argument("new", metavar="NEW", type=Path, help="新文本")

    def report(self, **options: Any) -> list[dict[str, Any]]:
        try:
            changes = compare_articles(_articles(options["old"]), _articles(options["new"]))
        except UnreadableText as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        return [_change(change) for change in changes]

    def lines(self, report: list[dict[str, Any]]) -> list[str]:
        return list(map(_line, report))

    def falls_short(self, report: list[dict[str, Any]]) -> bool:
        return False


def _articles(path: Path) -> list[Article]:
    articles = split_articles(read_text(path))
    if not articles:
        raise UnreadableText(f"「{path.name}」里没有以“第一条”这样开头的行，请确认是分条的法规文本。")
    return articles


def _change(change: ArticleChange) -> dict[str, Any]:
    return asdict(change) | {"numbers": [number._asdict() for number in change.numbers]}


def _line(change: dict[str, Any]) -> str:
    numbers = "；".join(f"{number['old']} → {number['new']}" for number in change["numbers"])
    line = f"{change['old'] or '—'} → {change['new'] or '—'}\t{WORDS[change['change']]}"
    if change["old"] and change["new"]:
        line += f"\t相似度 {change['similarity']:.2f}"
    return f"{line}\t{numbers}" if numbers else line
