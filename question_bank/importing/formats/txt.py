"""Plain text: running lines, or one question a line with separators."""

import re

from question_bank.importing.encoding import decode
from question_bank.importing.lines import Line
from question_bank.importing.prose import read_prose
from question_bank.importing.raw import Option, RawQuestion, Unreadable

# 12#stem#option$option$option   and   12#stem$0
_PARTED = re.compile(r"(?P<number>\d+)#(?P<stem>.*?)(?:#(?P<options>[^#]*\$[^#]*)|\$(?P<key>[^$#]{1,4}))$")


_MAX_LINES = 1_000_000  # 100,000 questions have about 700,000


def read(data: bytes) -> list[RawQuestion]:
    text = decode(data)
    if text.count("\n") > _MAX_LINES:
        raise Unreadable(f"文件超过 {_MAX_LINES} 行，不像题库；请核对文件，或分开导入。")
    lines = [
        Line(f"第 {number} 行", text)
        for number, text in enumerate(text.splitlines(), start=1)
        if text.strip()
    ]
    parted = [_PARTED.match(line.text.strip()) for line in lines]
    if sum(map(bool, parted)) * 2 > len(lines):
        return [_parted(line, found) for line, found in zip(lines, parted, strict=True)]
    return read_prose(lines)


def _parted(line: Line, found: re.Match[str] | None) -> RawQuestion:
    if not found:
        return RawQuestion(where=line.where, stem=line.text, source=line.text)
    options = found["options"].split("$") if found["options"] else []
    return RawQuestion(
        where=line.where,
        source=line.text,
        number=found["number"],
        stem=found["stem"],
        type="" if options else "判断题",
        options=[Option("", option) for option in options],
        answer=found["key"] or "",
        headless=True,
    )
