"""An Excel workbook: one row a question, pictures in columns of their own.

What looks like a formula is a text.
"""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING, WriteOnlyCell
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from question_bank.content import LETTERS, QuestionType
from question_bank.entry import show_answer
from question_bank.exporting.entry import Entry

_WIDTHS = {"B": 8, "C": 60}
_FACTS = ("难度", "知识点", "启用日期", "最后有效日")
_ORIGIN = ("题目编号", "版本")
_SIDE = 120  # pixels; a picture is shown no larger, the file keeps all of it
_ROW_HEIGHT = 92  # points, for a row with pictures


def write(entries: Sequence[Entry], title: str) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("题库")
    sheet.freeze_panes = "A2"
    most = max((len(entry.content.options) for entry in entries), default=0)
    pictures = max((len(entry.pictures) for entry in entries), default=0)
    head = _head(most, pictures)
    _set_widths(sheet, len(head), pictures)
    sheet.append([_cell(sheet, name, bold=True) for name in head])
    for number, entry in enumerate(entries, start=1):
        _place_pictures(sheet, number + 1, entry, len(head) - pictures)
        sheet.append([_cell(sheet, text) for text in _row(number, entry, most)])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _head(most: int, pictures: int) -> list[str]:
    options = [f"选项{letter}" for letter in LETTERS[:most]]
    numbered = [f"配图{number}" for number in range(1, pictures + 1)]
    return ["序号", "题型", "题目", *options, "答案", "解析", *_FACTS, *_ORIGIN, *numbered]


def _set_widths(sheet: WriteOnlyWorksheet, columns: int, pictures: int) -> None:
    last = {get_column_letter(columns - at): _SIDE / 7 for at in range(pictures)}
    for column, width in (_WIDTHS | last).items():
        sheet.column_dimensions[column].width = width


def _place_pictures(sheet: WriteOnlyWorksheet, row: int, entry: Entry, before: int) -> None:
    for number, picture in enumerate(entry.pictures, start=1):
        image = Image(BytesIO(picture))
        scale = min(1, _SIDE / max(image.width, image.height))
        image.width, image.height = image.width * scale, image.height * scale
        sheet.add_image(image, f"{get_column_letter(before + number)}{row}")
        sheet.row_dimensions[row].height = _ROW_HEIGHT


def _row(number: int, entry: Entry, most: int) -> list[str]:
    content, facts = entry.content, dict(entry.facts)
    return [
        str(number),
        QuestionType(content.type).label,
        content.stem,
        *content.options,
        *[""] * (most - len(content.options)),
        show_answer(content.answer, content.type),
        content.explanation,
        *(facts.get(name, "") for name in _FACTS),
        *map(str, entry.origin or ("", "")),
    ]


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell of text, also when it begins with =; the quote mark keeps it so when it is edited."""
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = TYPE_STRING
        cell.quotePrefix = text[0] in "=+-@\t\r"
    if bold:
        cell.font = Font(bold=True)
    return cell
