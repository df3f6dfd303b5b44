"""Keys in a table of numbers and keys, in a second file or on a further sheet."""

from collections import defaultdict
from collections.abc import Sequence

from question_bank.importing.columns import key_columns
from question_bank.importing.key_list import attach_keys
from question_bank.importing.keys_in_rows import key_lines
from question_bank.importing.parts import take_key
from question_bank.importing.raw import Level, RawQuestion
from question_bank.importing.rows import Row
from question_bank.importing.types import read_type

_HEADING_WITHIN = 10  # rows
_Places = dict[tuple[str, str], list[RawQuestion]]  # type (or none) and number → questions


def join_rows(rows: Sequence[Row], questions: Sequence[RawQuestion]) -> bool:
    """Give each question the key of its number; False when the table is not one of keys or none fits."""
    filled = _filled(rows)
    heads = ((at, key_columns(row.cells)) for at, row in enumerate(filled[:_HEADING_WITHIN]))
    at, columns = next(((at, columns) for at, columns in heads if columns), (0, None))
    if columns is None:
        return _join_lines(filled, questions)
    places = _places(questions)
    done = [_join_row(row, columns.fields, places) for row in filled[at + 1 :]]
    return any(done)


def holds_keys(rows: Sequence[Row]) -> bool:
    """Whether a table without any heading has nothing but numbers with their keys, and titles above them."""
    return bool(key_lines(_filled(rows)))


def _join_lines(rows: Sequence[Row], questions: Sequence[RawQuestion]) -> bool:
    """The keys of a table without heading, by the numbers of the questions or by their places."""
    lines = key_lines(rows)
    if not any(question.number for question in questions):
        for place, question in enumerate(questions, start=1):
            question.number = str(place)
    if not lines or not all(question.number.isdecimal() for question in questions):
        return False
    before = [question.answer for question in questions]
    attach_keys(lines, list(questions))
    return before != [question.answer for question in questions]


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(cell.strip() for cell in row.cells)]


def _places(questions: Sequence[RawQuestion]) -> _Places:
    places: _Places = defaultdict(list)
    for question in questions:
        for kind in {read_type(question.type), ""}:
            places[kind, question.number].append(question)
    return places


def _join_row(row: Row, fields: dict[str, int], places: _Places) -> bool:
    """One key to the one question of its type and number; a number that several have is told."""
    kind = read_type(row.cell(fields.get("type"))) if "type" in fields else ""
    alike = places.get((kind, row.cell(fields["number"]).strip()), [])
    for question in alike:
        question.quote(f"（答案表）{' │ '.join(row.cells)}")
        if len(alike) > 1:
            message = f"有 {len(alike)} 道题的题号都是 {question.number}，答案表没有写题型，对不上，请核对。"
            question.note(Level.ERROR, "key_list_mismatch", message)
        else:
            take_key(question, row.cell(fields["answer"]).strip())
            question.explanation = question.explanation or row.cell(fields.get("explanation")).strip()
    return bool(alike)
