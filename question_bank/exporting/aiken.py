"""Moodle's Aiken text format. It knows single choices of one line each, nothing else."""

from collections.abc import Sequence

from question_bank.content import QuestionType
from question_bank.exporting.entry import Entry


def write(entries: Sequence[Entry], title: str) -> bytes:
    """Multiple choices are left out, as Aiken has no way to say them."""
    fitting = [entry for entry in entries if entry.content.type != QuestionType.MULTIPLE]
    return "\n\n".join(map(_question, fitting)).encode() + b"\n"


def _question(entry: Entry) -> str:
    options = [f"{letter}. {_line(text)}" for letter, text, _ in entry.choices]
    return "\n".join([_line(entry.content.stem), *options, f"ANSWER: {entry.key}"])


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
