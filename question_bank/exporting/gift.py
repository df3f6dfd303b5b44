"""Moodle's GIFT text format. Name and tags stand in the comment above a question, pictures in its HTML."""

import re
from base64 import b64encode
from collections.abc import Sequence

from question_bank.content import TRUE, QuestionType
from question_bank.exporting.entry import Entry
from question_bank.exporting.html import as_html
from question_bank.importing.formats.gift import FORMAT

_WRONG = "-100"
_TAGGABLE = re.compile(r"[^\[\]<>`\n]+")


def write(entries: Sequence[Entry], title: str) -> bytes:
    blocks = [f"// {' '.join(title.split())}", *map(_question, entries)]
    return ("\n\n".join(blocks) + "\n").encode()


def _question(entry: Entry) -> str:
    content = entry.content
    explanation = f"####{_option(entry, content.explanation)}" if content.explanation else ""
    form = "html" if entry.pictures else "plain"
    question = f"[{form}]{_said(entry, entry.stem)}{{{_answers(entry)}{explanation}}}"
    named = [f"[id:{entry.name}]"] if entry.name else []
    notes = named + [f"[tag:{tag}]" for tag in entry.tags if _TAGGABLE.fullmatch(tag)]
    return "\n".join([*([f"// {' '.join(notes)}"] if notes else []), question])


def _answers(entry: Entry) -> str:
    if entry.content.type == QuestionType.TRUE_FALSE:
        return "TRUE" if entry.content.answer == (TRUE,) else "FALSE"
    weight = f"{100 / len(entry.content.answer):.5f}".rstrip("0").rstrip(".")
    is_multiple = entry.content.type == QuestionType.MULTIPLE
    choices = [(_option(entry, text), right) for _, text, right in entry.choices]
    lines = [_choice(text, right, weight if is_multiple else "") for text, right in choices]
    return "\n".join(["", *lines, ""])


def _option(entry: Entry, text: str) -> str:
    """A text that begins as if it named its format, or its share of the marks, names its format first."""
    form = "[html]" if entry.pictures else "[plain]"
    is_mistakable = text.startswith("%") or FORMAT.match(text)
    return f"{form if is_mistakable else ''}{_said(entry, text)}"


def _choice(text: str, right: bool, weight: str) -> str:
    """`=` is the one right answer; a multiple choice gives each right one its share."""
    if weight:
        return f"~%{weight if right else _WRONG}%{text}"
    return f"{'=' if right else '~'}{text}"


def _said(entry: Entry, text: str) -> str:
    if not entry.pictures:
        return _escaped(text)
    return _escaped(as_html(entry, text, lambda number: _address(entry.pictures[number - 1])))


def _address(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", r"\n")
