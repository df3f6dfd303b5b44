"""Questions in rows: of a spreadsheet, a csv file or a table in Word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from question_bank.importing.columns import KEYLIKE, Columns, by_content, by_heading, is_key, names_stem
from question_bank.importing.hints import Hints
from question_bank.importing.raw import RawQuestion
from question_bank.importing.rows import Row, questions_of
from question_bank.importing.unnamed import with_key_column, with_second_row
from question_bank.likeness.folding import fold, narrow

_HEADING_WITHIN = 10  # rows
_FEW = 2
_NUMBER = re.compile(r"\s*(\d{1,5})\s*(?:[.、,:)．]\s*(?!\d)|\s+|(?=[^\d\s.%]))")
_FIRM_NUMBER = re.compile(r"\s*(\d{1,5})\s*[.、,:)](?!\d)\s*")
_MOSTLY = 0.8
_KEY_OR_NUMBER = re.compile(rf"\d|(?:{KEYLIKE.pattern})$")
_NAME_LENGTH = 12  # characters of a heading


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
    filled = [row for row in rows if any(cell.strip() for cell in row.cells) and not _is_rule(row)]
    if found := _heading(filled):
        at, columns = found
        second = with_second_row(filled[at], filled[at + 1], columns) if at + 1 < len(filled) else None
        columns, begin = (second, at + 2) if second else (columns, at + 1)
        body = [row for row in filled[begin:] if not _is_heading_again(row, columns)]
        columns = with_key_column(columns, filled[at], body)
        return Layout(filled[at].cells, body, columns, _fingerprint(filled[at].cells))
    if len(filled) > 1 and (_looks_like_heading(filled[0], filled[1]) or _stands_out(filled)):
        return Layout(filled[0].cells, filled[1:], None, _fingerprint(filled[0].cells))
    width = max((len(row.cells) for row in filled), default=0)
    return Layout((), filled, by_content([row.cells for row in filled]), f"no-heading-{width}")


def _is_rule(row: Row) -> bool:
    """The line below the heading of a table in Markdown: `|---|:---:|`."""
    return all(re.fullmatch(r":?-{2,}:?|", cell.strip()) for cell in row.cells)


def _fingerprint(heading: Sequence[str]) -> str:
    names = "|".join(fold(name) for name in heading).rstrip("|")
    return sha256(names.encode()).hexdigest()[:32]


def _looks_like_heading(first: Row, second: Row) -> bool:
    """Short words, all different, above a row with a sentence or another look."""
    names = [cell.strip() for cell in first.cells if cell.strip()]
    short = all(len(name) <= _NAME_LENGTH and not _KEY_OR_NUMBER.match(name) for name in names)
    longest = max(map(len, second.cells), default=0)
    return len(names) > 1 and len(set(names)) == len(names) and short and longest > _NAME_LENGTH


def _is_heading_again(row: Row, columns: Columns) -> bool:
    """Whether the heading is repeated, as on each printed page."""
    return names_stem(row.cell(columns.fields["stem"])) and by_heading(row.cells) is not None


def _stands_out(rows: Sequence[Row]) -> bool:
    """Whether all rows but the first have a key in one column: then the first names the columns."""
    first, others = rows[0], rows[1:]
    if not all(cell.strip() for cell in first.cells) or len(others) < _FEW:
        return False
    return any(
        not is_key(name) and all(is_key(row.cell(at)) for row in others)
        for at, name in enumerate(first.cells)
    )


def read_table(rows: Sequence[Row], hints: Hints | None = None) -> list[RawQuestion]:
    """A question for each row with words in it, the rows up to the heading left out."""
    layout = layout_of(rows)
    columns = columns_of(layout, hints or Hints())
    return read_body(layout, columns) if columns else []


def read_body(layout: Layout, columns: Columns) -> list[RawQuestion]:
    """A question for each row below the heading."""
    questions = questions_of(layout.body, columns)
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
