"""What became of the questions of an import, as one bar whose parts are filters."""

from typing import Any

from question_bank.models import Outcome

_LOOKS = {
    "1_doubtful": "warn",
    "2_update": "busy",
    "3_fine": "good",
    "4_refused": "bad",
    "5_duplicate": "quiet",
}
_SIGNS = {"1_doubtful": "?", "2_update": "↻", "3_fine": "✓", "4_refused": "✕", "5_duplicate": "＝"}
_BAR_ORDER = ("3_fine", "2_update", "1_doubtful", "4_refused", "5_duplicate")


def bar_of(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The parts of the bar, each a filter: sign, word, number and share."""
    total = max(counts["found"], 1)
    parts = []
    for value in _BAR_ORDER:
        count = counts[Outcome(value).name.lower()]
        parts.append(
            {
                "value": value,
                "label": Outcome(value).label,
                "sign": _SIGNS[value],
                "look": _LOOKS[value],
                "count": count,
                "begin": round(sum(part["share"] for part in parts), 3),
                "share": round(100 * count / total, 3),
                "chosen": value == chosen,
            }
        )
    return parts
