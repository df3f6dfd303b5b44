"""What a file says about a question beside its words: how difficult it is, from when till when it holds."""

import re
from datetime import date

from question_bank.importing.raw import Defect, Level
from question_bank.likeness.folding import fold

_DIFFICULTIES = {
    **dict.fromkeys(("1", "易", "容易", "简单", "较易", "低", "easy"), 1),
    **dict.fromkeys(("2", "中", "中等", "一般", "适中", "medium"), 2),
    **dict.fromkeys(("3", "难", "困难", "较难", "高", "hard"), 3),
}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$")


def read_difficulty(text: str, defects: list[Defect]) -> int | None:
    word = fold(text).lower()
    if word and word not in _DIFFICULTIES:
        message = f"难度“{text}”看不懂，没有填写难度；可填 易、中、难。"
        defects.append(Defect(Level.WARNING, "difficulty_unknown", message))
    return _DIFFICULTIES.get(word)


def read_day(text: str, defects: list[Defect]) -> date | None:
    """2024-07-01, 2024/7/1 or 2024年7月1日, also with a time behind it."""
    day = _day(text.strip())
    if text.strip() and day is None:
        message = f"日期“{text.strip()[:20]}”看不懂，没有填写有效期；可写作 2024-07-01。"
        defects.append(Defect(Level.WARNING, "day_unknown", message))
    return day


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
