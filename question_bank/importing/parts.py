"""What a line adds to the question it belongs to."""

import re
from collections.abc import Iterable

from question_bank.importing.keys import read_key
from question_bank.importing.lines import Line, read_fields
from question_bank.importing.options import is_marked, split_options
from question_bank.importing.raw import Level, Option, RawQuestion
from question_bank.likeness.folding import narrow

_PARTS = {
    "difficulty": ("难度", "难易度"),
    "knowledge_points": ("知识点",),
    "section": ("章节名称", "章节"),
    "valid_from": ("启用日期", "生效日期"),
    "valid_to": ("最后有效日", "失效日期"),
}
_TICK_BEFORE = re.compile(r"\s*[√✓✔☑*★]\s*(?=\(?[A-H]\s?[.、:)])")
_WORDS_BEHIND = r"[(（]\s*(?:正确答案|正确选项|答案)\s*[)）]"
_CALLED = re.compile(rf"{_WORDS_BEHIND}\s*$")
_TICK_BEHIND = re.compile(rf"(?<=[^\s√✓✔])\s*(?:[(（]?[√✓✔☑][)）]?|{_WORDS_BEHIND})\s*$")
_BULLET = re.compile(r"\s*[○◯□■●▢]\s*(?=\(?[A-H]\s?[.、:)])")
_ENOUGH = 10_000  # characters; a stem may have 2,000


def append(question: RawQuestion, part: str, text: str) -> None:
    setattr(question, part, joined(getattr(question, part), text))


def joined(text: str, line: str) -> str:
    """Two lines; a text already beyond every limit, which will be refused, grows no further."""
    return text if len(text) > _ENOUGH else f"{text}\n{line}".strip()


def with_tick_behind(line: Line) -> Line:
    """`√B. 丑` and `*B. 丑` as `B. 丑√`: the mark of a right option stands behind it; boxes are no marks."""
    if bullet := _BULLET.match(narrow(line.text)):
        line = line.saying(line.text[bullet.end() :])
    found = _TICK_BEFORE.match(narrow(line.text))
    return line.saying(f"{line.text[found.end() :].rstrip()}√") if found else line


def is_ticked(text: str) -> bool:
    """Whether a right option is called so behind its words."""
    return bool(_TICK_BEHIND.search(text))


def unticked(options: Iterable[Option]) -> tuple[list[Option], list[str]]:
    """The options without such marks, and the letters of those that had one."""
    options = list(options)
    letters = [option.letter for option in options if is_ticked(option.text)]
    return [Option(option.letter, _TICK_BEHIND.sub("", option.text)) for option in options], letters


def called(options: Iterable[Option]) -> list[str]:
    """The letters of the options behind which words say that they are right: no mere mark, a key."""
    return [option.letter for option in options if _CALLED.search(option.text)]


def take_options(question: RawQuestion, line: Line, options: list[Option]) -> None:
    plain, ticked = unticked(options)
    coloured = [option.letter for option in plain if any(_is_of(option, piece) for piece in line.marked)]
    question.options += plain
    question.marked += ticked + coloured
    question.called += called(options)


def _is_of(option: Option, piece: str) -> bool:
    """Whether a piece in red or bold is (of) this option, with or without its letter."""
    words = piece.strip()
    if not is_marked(words):
        return bool(words) and words in option.text
    return any(
        one.letter == option.letter and (not one.text or one.text in option.text)
        for one in split_options(words)
    )


def take_key(question: RawQuestion, text: str) -> None:
    """The key of a line; a second, different one is kept beside it, to be refused."""
    if question.answer and read_key(question.answer) != read_key(text):
        message = f"有两个答案：“{question.answer}”和“{text}”，请核对后只留一个。"
        question.note(Level.ERROR, "answer_conflict", message)
    question.answer = question.answer or text.strip()


def take_metadata(question: RawQuestion, text: str) -> None:
    fields = read_fields(text)
    for part, names in _PARTS.items():
        if said := next((fields[name] for name in names if fields.get(name)), ""):
            setattr(question, part, said)
    if "AI" in fields.get("试题生成类别", ""):
        question.note(Level.WARNING, "machine_made", "原文注明由人工智能生成，请逐字核对。")
