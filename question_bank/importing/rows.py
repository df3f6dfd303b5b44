"""From the rows of a table to its questions, its columns being known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.content import LETTERS, TRUE, QuestionType, picture_label
from question_bank.importing.columns import Columns
from question_bank.importing.keys import TRUTH
from question_bank.importing.lines import CHAPTER, KEY, TYPE_HEADING
from question_bank.importing.options import split_options, starts_option
from question_bank.importing.origin import named
from question_bank.importing.parts import called, take_key, unticked
from question_bank.importing.raw import PICTURE_CHAR, Level, Option, RawQuestion
from question_bank.importing.types import read_type
from question_bank.likeness.folding import fold, narrow

_SEPARATORS = (  # the first that occurs
    re.compile(r"\*\*+|##+|\$;\$|\$+"),
    re.compile(r"\|+"),
    re.compile(r"\n"),
    re.compile(r"[;；](?!\s*$)"),
    re.compile(r"(?<=\S)[#@](?=\S)|\t+|[ \u3000]{2,}"),
)
_NOT_OF_QUESTION = ("options", "right", "version")
_OWN_LETTER = re.compile(r"\(?([A-H])\s?[.、:)]")


@dataclass(frozen=True, slots=True)
class Row:
    """`formulas` are the positions of cells that hold a formula and not a value; `sheet` may name a type."""

    where: str
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    sheet: str = ""

    def cell(self, at: int | None) -> str:
        return self.cells[at] if at is not None and at < len(self.cells) else ""

    def showing(self, at: int, pictures: str) -> "Row":
        """The row with pictures in a cell, below its words."""
        cells = [*self.cells, *[""] * (at + 1 - len(self.cells))]
        cells[at] = f"{cells[at]}\n{pictures}".lstrip("\n")
        return replace(self, cells=tuple(cells))


def questions_of(body: Sequence[Row], columns: Columns) -> list[RawQuestion]:
    """A row each, but for rows that head a part, and rows that bring a further option of the one above."""
    questions: list[RawQuestion] = []
    part = ""
    for row in body:
        if heading := _part(row):
            part = heading
        elif questions and _goes_on(row, columns, questions[-1]):
            _take_row(row, columns, questions[-1])
        else:
            questions.append(_question(row, columns))
            _place(questions[-1], row, part)
    return questions


def _part(row: Row) -> str:
    """The words of a row that has nothing but a heading, such as 二、判断题."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    is_heading = len(filled) == 1 and (
        TYPE_HEADING.match(narrow(filled[0])) or CHAPTER.match(narrow(filled[0]))
    )
    return filled[0] if is_heading else ""


def _place(question: RawQuestion, row: Row, part: str) -> None:
    """Type and section by the part or the sheet that the row stands in, where no column says them."""
    heading = TYPE_HEADING.match(narrow(part))
    named = heading[1] if heading else row.sheet if read_type(row.sheet) in list(QuestionType) else ""
    question.type = question.type or named
    question.section = question.section or part


def _goes_on(row: Row, columns: Columns, last: RawQuestion) -> bool:
    """Whether the row has one more option and nothing of a question of its own."""
    if "options" not in columns.fields or not row.cell(columns.fields["options"]).strip():
        return False
    stem = row.cell(columns.fields["stem"]).strip()
    return len(_options(row, columns)) == 1 and stem in ("", last.stem) and bool(last.options)


def _take_row(row: Row, columns: Columns, question: RawQuestion) -> None:
    further = _options(row, columns)
    question.quote(" │ ".join(cell.strip() for cell in row.cells if cell.strip()))
    question.options += further
    _mark_right(row, columns, question)
    if answer := row.cell(columns.fields.get("answer")).strip():
        question.answer = question.answer or answer


def _mark_right(row: Row, columns: Columns, question: RawQuestion) -> None:
    """The option of this row is right when its own column says so; the key then grows row by row."""
    if TRUTH.get(fold(row.cell(columns.fields.get("right"))).lower()) == TRUE and question.options:
        question.answer += LETTERS[len(question.options) - 1 : len(question.options)]


def _question(row: Row, columns: Columns) -> RawQuestion:
    cells = {name: row.cell(at).strip() for name, at in columns.fields.items()}
    fields = {name: cell for name, cell in cells.items() if name not in _NOT_OF_QUESTION}
    question = RawQuestion(where=row.where, headless=columns.headless, **fields)
    if "origin" in cells:
        question.origin = named(cells["origin"], cells["version"])
    question.quote(PICTURE_CHAR.sub("〔图〕", " │ ".join(cell.strip() for cell in row.cells)).rstrip(" │"))
    if called := KEY.match(narrow(question.answer)):
        question.answer = question.answer[called.end() :]
    for cell in filter(None, (row.cell(at).strip() for at in columns.rivals)):
        take_key(question, cell)
    question.options = _options(row, columns)
    _take_ticks(question)
    _doubt_letters(row, columns, question)
    _mark_right(row, columns, question)
    _place_pictures(row, columns, question)
    read = {*columns.fields.values(), *columns.options}
    if read & row.formulas:
        message = "有单元格是公式，公式不导入；请在 Excel 中复制后“选择性粘贴→值”，再导入。"
        question.note(Level.ERROR, "cell_formula", message)
    return question


def _take_ticks(question: RawQuestion) -> None:
    """Where no key is written, some options may be marked as right; else `打√` is what an option says."""
    plain, ticked = unticked(question.options)
    if not question.answer and 0 < len(ticked) < len(plain):
        question.called = called(question.options)
        question.options, question.marked = plain, ticked


def _place_pictures(row: Row, columns: Columns, question: RawQuestion) -> None:
    """A picture in the column 配图2 where a text says 〔图2〕; others, in cells not read, below the stem."""
    read = {*columns.fields.values(), *columns.options}
    for at, cell in enumerate(row.cells):
        for char in PICTURE_CHAR.findall(cell) if at not in read else ():
            label = picture_label(columns.pictures.get(at, 0))
            if not _named(question, label, char):
                question.stem = f"{question.stem}\n{char}"


def _named(question: RawQuestion, label: str, char: str) -> bool:
    """Put the picture where its label stands; False when it stands nowhere."""
    texts = [question.stem, question.explanation, *(option.text for option in question.options)]
    question.stem = question.stem.replace(label, char)
    question.explanation = question.explanation.replace(label, char)
    question.options = [Option(one.letter, one.text.replace(label, char)) for one in question.options]
    return any(label in text for text in texts)


def _options(row: Row, columns: Columns) -> list[Option]:
    """The options of one cell, or of one column each; those that slipped into a further column too."""
    options = _of_cell(row.cell(columns.fields.get("options")))
    cells = [row.cell(at).strip() for at in columns.options]
    while cells and not cells[-1]:
        cells.pop()
    options += [_of_column(letter, cell) for letter, cell in zip(LETTERS, cells, strict=False)]
    slipped = [row.cell(at).strip() for at in columns.others]
    if options:
        options += [
            o for cell in slipped if re.match(r"[A-H][.、]", narrow(cell)) for o in split_options(cell)
        ]
    return options


def _of_cell(text: str) -> list[Option]:
    separator = next((mark for mark in _SEPARATORS if mark.search(text)), _SEPARATORS[0])
    pieces = [piece.strip() for piece in separator.split(text)]
    pieces = [piece.rstrip("；;") for piece in pieces if piece]
    if len(pieces) > 1 and all(map(_begins_with, pieces, LETTERS)):
        return [option for piece in pieces for option in _labelled(piece)]
    options: list[Option] = []
    for piece in pieces:
        expected = LETTERS[len(options) : len(options) + 1]
        options += split_options(piece) if starts_option(piece, expected) else [Option("", piece)]
    return options


def _begins_with(piece: str, letter: str) -> bool:
    return narrow(piece).lstrip("(").startswith(letter)


def _labelled(piece: str) -> list[Option]:
    """A piece known to begin with its letter, even when nothing parts the two: `A25%`."""
    options = split_options(piece) if starts_option(piece, "") else []
    return options or [Option(narrow(piece)[0], piece[1:].strip())]


def _doubt_letters(row: Row, columns: Columns, question: RawQuestion) -> None:
    """Options that all bring their own letters, in another order than their columns': which ones count?"""
    cells = [narrow(cell).strip() for at in columns.options if (cell := row.cell(at).strip())]
    own = [found[1] for cell in cells if (found := _OWN_LETTER.match(cell))]
    in_order = list(LETTERS[: len(cells)])
    if len(cells) > 1 and sorted(own) == in_order != own:
        message = f"各选项自带的字母（{'、'.join(own)}）与所在的列不一致，看不出答案指哪一个，请核对。"
        question.note(Level.ERROR, "option_letters", message)


def _of_column(letter: str, cell: str) -> Option:
    """A cell under 选项A may repeat its letter."""
    repeated = re.match(rf"{letter}\s?[.、:)]\s*", narrow(cell))
    return Option(letter, cell[repeated.end() :] if repeated else cell)
