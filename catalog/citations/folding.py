"""One form for the many widths of brackets, digits and dashes; every character keeps its place."""

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("，"): "，", ord("；"): "；"}
_ALIKE = (
    dict.fromkeys(map(ord, "〔【［﹝〖"), "[")
    | dict.fromkeys(map(ord, "〕】］﹞〗"), "]")
    | dict.fromkeys(map(ord, "—–－―‐‑‒−﹣─"), "-")
    | dict.fromkeys(map(ord, "∕⁄╱"), "/")
    | dict.fromkeys(map(ord, "～〜∼"), "~")
    | {ord("．"): ".", ord("＜"): "〈", ord("＞"): "〉"}
)
_FOLDED = _WIDE | _ALIKE


def fold(text: str) -> str:
    """`text` with ASCII letters, digits, dashes and () [], of the same length."""
    return text.translate(_FOLDED)


def closings(folded: str, *, opens: str, closes: str) -> dict[int, int]:
    """Where each bracket opens and the position after the one that closes it, nested ones too."""
    found, open_since = {}, []
    for bracket in re.finditer(f"[{re.escape(opens + closes)}]", folded):
        if bracket[0] in opens:
            open_since.append(bracket.start())
        elif open_since:
            found[open_since.pop()] = bracket.end()
    return found
