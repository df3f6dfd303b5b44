"""Moodle's GIFT text format."""

import re
from collections.abc import Sequence

from question_bank.content import TRUE, QuestionType
from question_bank.exporting.entry import Entry

_WRONG = "-100"


def write(entries: Sequence[Entry], title: str) -> bytes:
    blocks = [f"// {' '.join(title.split())}", *map(_question, entries)]
    return ("\n\n".join(blocks) + "\n").encode()


def _question(entry: Entry) -> str:
    content = entry.content
    explanation = f"####{_escaped(content.explanation)}" if content.explanation else ""
    return f"[plain]{_escaped(content.stem)}{{\n{_answers(entry)}{explanation}\n}}"


def _answers(entry: Entry) -> str:
    if entry.content.type == QuestionType.TRUE_FALSE:
        return "TRUE" if entry.content.answer == (TRUE,) else "FALSE"
    weight = f"{100 / len(entry.content.answer):.5f}".rstrip("0").rstrip(".")
    is_multiple = entry.content.type == QuestionType.MULTIPLE
    return "".join(_choice(text, right, weight if is_multiple else "") for _, text, right in entry.choices)


def _choice(text: str, right: bool, weight: str) -> str:
    """`=` is the one right answer; a multiple choice gives each right one its share."""
    if weight:
        return f"~%{weight if right else _WRONG}%{_escaped(text)}\n"
    return f"{'=' if right else '~'}{_escaped(text)}\n"


def _escaped(text: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", r"\n")
