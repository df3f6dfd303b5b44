"""Questions in rows: of a spreadsheet, a csv file or a table in Word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from question_bank.content import LETTERS
from question_bank.importing.columns import KEYLIKE, Columns, by_content, by_heading
from question_bank.importing.folding import fold, narrow
from question_bank.importing.hints import Hints
from question_bank.importing.lines import KEY
from question_bank.importing.options import split_options, starts_option
from question_bank.importing.raw import Level, Option, RawQuestion

_HEADING_WITHIN = 10  # rows
_SEPARATORS = (re.compile(r"\*\*+|##+|\$\$+"), re.compile(r"\|+"), re.compile(r"\n"))  # the first that occurs
_NUMBER = re.compile(r"\s*(\d{1,5})\s*(?:[.、,:)．]\s*(?!\d)|\s+|(?=[^\d\s.%]))")
_FIRM_NUMBER = re.compile(r"\s*(\d{1,5})\s*[.、,:)](?!\d)\s*")
_MOSTLY = 0.8
_KEY_OR_NUMBER = re.compile(rf"\d|(?:{KEYLIKE.pattern})$")
_NAME_LENGTH = 12  # characters of a heading


@dataclass(frozen=True, slots=True)
class Row:
    """`formulas` are the positions of cells that hold a formula and not a value."""

    where: str
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()

    def cell(self, at: int | None) -> str:
        return self.cells[at] if at is not None and at < len(self.cells) else ""


def has_heading(rows: Sequence[Row]) -> bool:
    return _heading(rows) is not None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read: the rows below its heading, their columns if they can be told, and the name
    under which a person's own mapping of such a table is remembered."""

    heading: tuple[str, ...]
    body: Sequence[Row]
    columns: Columns | None
    fingerprint: str


def layout_of(rows: Sequence[Row]) -> Layout:
    """What is seen in a table by itself. A first row of short words that names nothing known heads it too."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if found := _heading(filled):
        at, columns = found
        body = [row for row in filled[at + 1 :] if not by_heading(row.cells)]
        return Layout(filled[at].cells, body, columns, _fingerprint(filled[at].cells))
    if len(filled) > 1 and _looks_like_heading(filled[0], filled[1]):
        return Layout(filled[0].cells, filled[1:], None, _fingerprint(filled[0].cells))
    width = max((len(row.cells) for row in filled), default=0)
    return Layout((), filled, by_content([row.cells for row in filled]), f"no-heading-{width}")


def _fingerprint(heading: Sequence[str]) -> str:
    names = "|".join(fold(name) for name in heading).rstrip("|")
    return sha256(names.encode()).hexdigest()[:32]


def _looks_like_heading(first: Row, second: Row) -> bool:
    """Short words, all different, above a row with a sentence or another look."""
    names = [cell.strip() for cell in first.cells if cell.strip()]
    short = all(len(name) <= _NAME_LENGTH and not _KEY_OR_NUMBER.match(name) for name in names)
    longest = max(map(len, second.cells), default=0)
    return len(names) > 1 and len(set(names)) == len(names) and short and longest > _NAME_LENGTH


def read_table(rows: Sequence[Row], hints: Hints | None = None) -> list[RawQuestion]:
    """A question for each row with words in it, the rows up to the heading left out."""
    layout = layout_of(rows)
    columns = columns_of(layout, hints or Hints())
    if columns is None:
        return []
    body = layout.body
    questions = [_question(row, columns) for row in body]
    if "number" not in columns.fields:
        _take_off_numbers(questions)
    return questions


def _heading(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    named = ((at, by_heading(row.cells)) for at, row in enumerate(rows[:_HEADING_WITHIN]))
    return next(((at, columns) for at, columns in named if columns), None)


def columns_of(layout: Layout, hints: Hints) -> Columns | None:
    """The columns that a person named, else those that were recognised."""
    named = hints.tables.get(layout.fingerprint) or hints.every_table
    if named is None:
        return layout.columns
    taken = {*named.fields.values(), *named.options}
    width = max((len(row.cells) for row in layout.body), default=0)
    return replace(named, others=[at for at in range(width) if at not in taken], headless=not layout.heading)


def _question(row: Row, columns: Columns) -> RawQuestion:
    fields = {name: row.cell(at).strip() for name, at in columns.fields.items() if name != "options"}
    question = RawQuestion(where=row.where, headless=columns.headless, **fields)
    question.quote(" │ ".join(cell.strip() for cell in row.cells).rstrip(" │"))
    if named := KEY.match(narrow(question.answer)):
        question.answer = question.answer[named.end() :]
    question.options = _options(row, columns)
    read = {*columns.fields.values(), *columns.options}
    if read & row.formulas:
        message = "有单元格是公式，公式不导入；请在 Excel 中复制后“选择性粘贴→值”，再导入。"
        question.note(Level.ERROR, "cell_formula", message)
    return question


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
    pieces = [piece for piece in pieces if piece]
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


def _of_column(letter: str, cell: str) -> Option:
    """A cell under 选项A may repeat its letter."""
    repeated = re.match(rf"{letter}\s?[.、:)]\s*", narrow(cell))
    return Option(letter, cell[repeated.end() :] if repeated else cell)


def _take_off_numbers(questions: list[RawQuestion]) -> None:
    """Take the number off each stem when most stems begin with one."""
    found = [_FIRM_NUMBER.match(narrow(question.stem)) for question in questions]
    loose = [_NUMBER.match(narrow(question.stem)) for question in questions]
    if sum(map(bool, loose)) < _MOSTLY * len(questions):
        return
    last = 0
    for question, firm, any_number in zip(questions, found, loose, strict=True):
        number = firm or any_number
        if number and (firm or int(number[1]) in (1, last + 1)):
            question.number, question.stem = number[1], question.stem[number.end() :]
            last = int(number[1])
