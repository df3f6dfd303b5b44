"""Short ways to read a bank in a test and to say what came out of it."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook

from question_bank.importing.judging import examine
from question_bank.importing.reading import read_bank


def judged(data, **others):
    """The examination of a text or of bytes."""
    return examine(read_bank(data.encode() if isinstance(data, str) else data), **others)


def short(data):
    """(type, stem, options, answer) of each question found."""
    return [
        (str(v.content.type), v.content.stem, list(v.content.options), "".join(v.content.answer))
        for v in judged(data).verdicts
    ]


def codes(data):
    """The codes of the defects of each question found."""
    return [[defect.code for defect in verdict.defects] for verdict in judged(data).verdicts]


def workbook(*sheets):
    """An xlsx file with these sheets of rows."""
    book, stream = Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def word(*paragraphs):
    """A docx file with these paragraphs; a pair is (text, style)."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(*((paragraph,) if isinstance(paragraph, str) else paragraph))
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(**members):
    """A zip of members; in a name `__` stands for a slash, `_xml` at the end for its extension."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return stream.getvalue()
