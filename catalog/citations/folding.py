"""One form for the many widths of brackets, digits and dashes; every character keeps its place."""

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


def closing(folded: str, start: int, *, opens: str, closes: str, limit: int) -> int | None:
    """The position after the bracket that closes the one at `start`; None when it is over `limit` away."""
    depth = 0
    for position in range(start, min(len(folded), start + limit)):
        depth += (folded[position] in opens) - (folded[position] in closes)
        if depth == 0:
            return position + 1
    return None
