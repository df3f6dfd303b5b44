"""A list of knowledge points as people paste it: one a line, numbered or not, from Word, Excel or a file."""

import re

MAX_NAME = 100
MAX_POINTS = 500
_NUMBERING = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]+[）)、.．:：]\s*|[-•·●]\s*)+")


class BadPoints(ValueError):
    """The list cannot be taken; the message is one sentence for the person who typed it."""


def points_of(text: str) -> list[str]:
    """The names in order, each once, without numbering; of a table the first column. Raises BadPoints."""
    names = [_name(line) for line in text.splitlines()]
    names = list(dict.fromkeys(name for name in names if name))
    if too_long := next((name for name in names if len(name) > MAX_NAME), None):
        raise BadPoints(
            f"知识点「{too_long[:20]}…」有 {len(too_long)} 个字，最多 {MAX_NAME} 个，请缩短或分行。"
        )
    if len(names) > MAX_POINTS:
        raise BadPoints(f"共 {len(names)} 个知识点，一份大纲最多 {MAX_POINTS} 个，请核对是不是贴错了内容。")
    return names


def _name(line: str) -> str:
    first = line.replace("\0", "").split("\t")[0]
    return " ".join(_NUMBERING.sub("", first).split())
