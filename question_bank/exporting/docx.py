"""A Word document: a heading for each type, numbered questions, the key and the rest below each."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from question_bank.content import QuestionType
from question_bank.entry import show_answer
from question_bank.exporting.entry import Entry, writable

_FONT = "宋体"
WIDEST = Cm(12)
_ORDER = (QuestionType.TRUE_FALSE, QuestionType.SINGLE, QuestionType.MULTIPLE)
_HAN = "一二三"


def write(entries: Sequence[Entry], title: str) -> bytes:
    document = Document()
    set_up(document)
    document.add_heading(title, level=0)
    present = [kind for kind in _ORDER if any(entry.content.type == kind for entry in entries)]
    for place, kind in zip(_HAN, present, strict=False):
        document.add_heading(f"{place}、{kind.label}", level=1)
        alike = [entry for entry in entries if entry.content.type == kind]
        for number, entry in enumerate(alike, start=1):
            _question(document, number, entry)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _question(document: WordDocument, number: int, entry: Entry) -> None:
    content = entry.content
    _pieces(document, f"{number}. ", entry, entry.stem, keep=True)
    if content.options:
        for letter, option, _ in entry.choices:
            _pieces(document, f"{letter}. ", entry, option, keep=True)
    lines = [("答案", show_answer(content.answer, content.type)), *entry.facts, ("解析", content.explanation)]
    lines = [(name, text) for name, text in lines if text]
    for name, text in lines:
        _pieces(document, f"{name}：", entry, text, keep=(name, text) != lines[-1])


def _pieces(document: WordDocument, label: str, entry: Entry, text: str, *, keep: bool) -> None:
    """A paragraph with its pictures where the text names them."""
    first, *others = entry.pieces(text)
    paragraph = add_paragraph(document, label, first, keep=keep)
    for piece in others:
        if isinstance(piece, int):
            add_picture(paragraph, entry.pictures[piece - 1])
        else:
            paragraph.add_run(piece)


def add_picture(paragraph: Paragraph, picture: bytes) -> None:
    shape = paragraph.add_run().add_picture(BytesIO(picture))
    if shape.width > WIDEST:
        shape.height, shape.width = round(shape.height * WIDEST / shape.width), WIDEST


def add_paragraph(document: WordDocument, label: str, text: str, *, keep: bool = False) -> Paragraph:
    """A paragraph whose lines are soft breaks, kept on the page of the next when asked."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.paragraph_format.space_after = Pt(2 if keep else 6)
    paragraph.add_run(writable(f"{label}{text}"))
    return paragraph


def set_up(document: WordDocument) -> None:
    """A Chinese typeface, and page numbers at the foot."""
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = 1
    _page_number(foot.add_run())


def _page_number(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
