"""A file in, its questions as found out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from question_bank.importing.album import Album
from question_bank.importing.encoding import decode
from question_bank.importing.formats import (
    aiken,
    csv_text,
    doc,
    docx,
    gift,
    moodle_xml,
    qti,
    txt,
    word_xml,
    xls,
    xlsx,
)
from question_bank.importing.hints import Hints
from question_bank.importing.key_table import holds_keys, join_rows
from question_bank.importing.lines import Line
from question_bank.importing.prose import read_prose
from question_bank.importing.raw import Defect, Level, RawQuestion, Reading, Unmapped, Unreadable
from question_bank.importing.sniffing import sniff
from question_bank.importing.tables import Row, columns_of, layout_of, read_body

READERS: dict[str, Callable[[bytes], list[RawQuestion]]] = {
    "word_xml": word_xml.read,
    "txt": txt.read,
    "aiken": aiken.read,
}
WITH_PICTURES: dict[str, Callable[[bytes, Album], list[RawQuestion]]] = {
    "docx": docx.read,
    "doc": doc.read,
    "moodle_xml": moodle_xml.read,
    "gift": gift.read,
    "qti": qti.read,
}
TABLES: dict[str, Callable[[bytes], list[list[Row]]]] = {
    "xlsx": xlsx.tables,
    "xls": xls.tables,
    "csv": csv_text.tables,
}
MAX_QUESTIONS = 200_000  # ours; larger banks take more memory than a worker should have
FORMATS = (*READERS, *WITH_PICTURES, *TABLES)


def read_bank(data: bytes, hints: Hints | None = None) -> Reading:
    """All questions of a file. Raises Unreadable, also when there is no question in it."""
    try:
        reading = _read(data, hints or Hints())
    except RecursionError as error:
        raise Unreadable("文件里一层套一层，套得太深，不像题库；请从原系统重新导出后再导入。") from error
    _check_number(len(reading.questions))
    return reading


def tables_of(data: bytes) -> list[list[Row]]:
    """The rows of each table of a file; none for a file that has no tables. Raises Unreadable."""
    read = TABLES.get(sniff(data))
    return read(data) if read else []


def _check_number(questions: int) -> None:
    if questions > MAX_QUESTIONS:
        raise Unreadable(f"文件里有 {questions} 道题，一次最多 {MAX_QUESTIONS} 道；请分成几个文件导入。")


def _read(data: bytes, hints: Hints) -> Reading:
    format = sniff(data)
    if format == "txt" and hints.every_table and csv_text.is_table(decode(data)):
        format = "csv"  # somebody said which columns it has
    album = Album()
    if format in TABLES:
        tables = xlsx.tables(data, album) if format == "xlsx" else TABLES[format](data)
        return replace(_read_tables(format, tables, hints), pictures=album.pictures)
    questions = WITH_PICTURES[format](data, album) if format in WITH_PICTURES else READERS[format](data)
    if not questions:
        raise Unreadable("文件里没有找到题目；请核对文件，或对照手册中的写法调整后再导入。")
    return Reading(format, questions, album.pictures)


def _read_tables(format: str, tables: list[list[Row]], hints: Hints) -> Reading:
    """The questions of all tables, and a note on each table in which none could be told."""
    questions: list[RawQuestion] = []
    unread: list[Sequence[Row]] = []
    for rows in tables:
        layout = layout_of(rows)
        if not hints.every_table and not layout.heading and holds_keys(rows):
            unread.append(rows)
        elif columns := columns_of(layout, hints):
            _check_number(len(layout.body))
            questions += read_body(layout, columns)
        elif asked := _in_lines(layout.body):
            questions += asked
        elif layout.body:
            unread.append(rows)
    notes = [_unread(layout_of(rows).body) for rows in unread if not join_rows(rows, questions)]
    if not questions and notes:
        raise Unmapped(notes[0].message)
    if not questions:
        raise Unreadable("文件里没有找到题目；请核对文件，或对照手册中的写法调整后再导入。")
    return Reading(format, questions, notes=notes)


def _in_lines(body: Sequence[Row]) -> list[RawQuestion]:
    """The questions of a table of one column, which is a text line by line."""
    said = [[cell for cell in row.cells if cell.strip()] for row in body]
    if any(len(cells) > 1 for cells in said):
        return []
    texts = ((row.where, text) for row, cells in zip(body, said, strict=True) for text in cells)
    asked = read_prose(Line(where, line) for where, text in texts for line in text.split("\n"))
    return asked if any(question.options for question in asked) else []


def _unread(body: Sequence[Row]) -> Defect:
    said = f"从“{body[0].where}”起的 {len(body)} 行看不出哪一列是题干，没有读；请指定各列后再导入。"
    return Defect(Level.WARNING, "table_unread", said)
