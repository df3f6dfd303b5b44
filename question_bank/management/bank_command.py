"""What the commands on banks share: the item they work on, and one sentence for what is amiss."""

from argparse import SUPPRESS
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from catalog.models import OperationItem

FALLS_SHORT = 1
UNREADABLE = 2


class BankCommand(BaseCommand):
    """Exit status 0 fine, 1 something falls short, 2 not possible: one line on standard error."""

    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Without the usage lines, so that a wrong argument is answered with one line."""
        return super().create_parser(prog_name, subcommand, usage=SUPPRESS, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--item", required=True, metavar="SLUG", help="操作项目标识，如 so-elec-lv")


def find_item(slug: str) -> OperationItem:
    """The item of this slug. Raises CommandError, also when there is no database yet."""
    try:
        item = OperationItem.objects.filter(pk=slug).first()
        is_empty = item is None and not OperationItem.objects.exists()
    except DatabaseError as error:
        raise refusal("还没有数据库，请先运行 ./run manage prepare。") from error
    if is_empty:
        raise refusal("数据库里还没有目录，请先运行 ./run manage prepare。")
    if item is None:
        raise refusal(f"没有标识为“{slug}”的操作项目，请核对 --item（目录页列有全部标识）。")
    return item


def refusal(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=UNREADABLE)
