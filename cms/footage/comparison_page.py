"""What the comparison page shows of each article."""

from dataclasses import dataclass

from catalog.comparing import Change
from catalog.register.law_texts import Beside
from cms.states import Chip

# Kind → sign, word, look of its chip. A changed number is what a course must not get wrong.
KINDS = {
    "numbers": ("!", "数字有变", "bad"),
    Change.REWORDED: ("✎", "有改动", "warn"),
    Change.SPLIT: ("⑂", "拆分", "warn"),
    Change.MERGED: ("⨝", "合并", "warn"),
    Change.ADDED: ("+", "新增", "busy"),
    Change.REMOVED: ("−", "删去", "bad"),
    Change.RENUMBERED: ("#", "只改序号", ""),
    Change.SAME: ("=", "未变", ""),
}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    beside: Beside
    kind: str
    chip: Chip


def comparison_rows(besides: list[Beside]) -> list[ComparisonRow]:
    return [_row(beside) for beside in besides]


def _row(beside: Beside) -> ComparisonRow:
    change = beside.change
    kind = "numbers" if change.numbers else change.change
    return ComparisonRow(beside, str(kind), Chip(*KINDS[kind]))
