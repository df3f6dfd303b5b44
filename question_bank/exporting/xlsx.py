"""An Excel workbook: one row a question. What looks like a formula stays text."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from question_bank.content import LETTERS, QuestionType
from question_bank.entry import show_answer
from question_bank.exporting.entry import Entry

_WIDTHS = {"B": 8, "C": 60}


def write(entries: Sequence[Entry], title: str) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("题库")
    sheet.freeze_panes = "A2"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    most = max((len(entry.content.options) for entry in entries), default=0)
    letters = [f"选项{letter}" for letter in LETTERS[:most]]
    head = ["序号", "题型", "题目", *letters, "答案", "解析", "难度", "知识点"]
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for number, entry in enumerate(entries, start=1):
        sheet.append([_cell(sheet, text) for text in _row(number, entry, most)])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _row(number: int, entry: Entry, most: int) -> list[str]:
    content = entry.content
    return [
        str(number),
        QuestionType(content.type).label,
        content.stem,
        *content.options,
        *[""] * (most - len(content.options)),
        show_answer(content.answer),
        content.explanation,
        entry.difficulty,
        "、".join(entry.knowledge_points),
    ]


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell of text, also when it begins with =; the quote mark keeps it so when it is edited."""
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = TYPE_STRING
        cell.quotePrefix = text[0] in "=+-@"
    if bold:
        cell.font = Font(bold=True)
    return cell
