"""What a line adds to the question it belongs to."""

from question_bank.importing.folding import narrow
from question_bank.importing.keys import read_key
from question_bank.importing.lines import FIELD, Line
from question_bank.importing.raw import Level, Option, RawQuestion

_ENOUGH = 10_000  # characters; a stem may have 2,000


def append(question: RawQuestion, part: str, text: str) -> None:
    setattr(question, part, joined(getattr(question, part), text))


def joined(text: str, line: str) -> str:
    """Two lines; a text already beyond every limit, which will be refused, grows no further."""
    return text if len(text) > _ENOUGH else f"{text}\n{line}".strip()


def take_options(question: RawQuestion, line: Line, options: list[Option]) -> None:
    question.options += options
    question.marked += [
        option.letter for option in options if any(piece.strip() in option.text for piece in line.marked)
    ]


def take_key(question: RawQuestion, text: str) -> None:
    """The key of a line; a second, different one is kept beside it, to be refused."""
    if question.answer and read_key(question.answer) != read_key(text):
        message = f"有两个答案：“{question.answer}”和“{text}”，请核对后只留一个。"
        question.note(Level.ERROR, "answer_conflict", message)
    question.answer = question.answer or text.strip()


def take_metadata(question: RawQuestion, text: str) -> None:
    fields = {name: value.strip("[]") for name, value in FIELD.findall(narrow(text))}
    question.difficulty = fields.get("难度") or fields.get("难易度") or question.difficulty
    question.knowledge_points = fields.get("知识点") or question.knowledge_points
    question.section = fields.get("章节名称") or fields.get("章节") or question.section
    if "AI" in fields.get("试题生成类别", ""):
        question.note(Level.WARNING, "machine_made", "原文注明由人工智能生成，请逐字核对。")
