"""A paper and its key as two Word documents: headings by type, page numbers, pictures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

from question_bank.content import LETTERS, Content, QuestionType
from question_bank.entry import show_answer
from question_bank.exporting.docx import add_paragraph, add_picture, saved, set_up
from question_bank.exporting.entry import writable
from question_bank.rules import PASS_MARK

_BLANK = re.compile(r"[（(]\s*[)）]|[_＿]{2}")
_HAN = "一二三四五六七八九十"
_TASKS = {
    QuestionType.TRUE_FALSE: "正确的在括号里写“√”，错误的写“×”。",
    QuestionType.SINGLE: "每题只有一个正确答案，把字母写在括号里。",
    QuestionType.MULTIPLE: "每题有两个或更多正确答案，全部选对才得分，把字母写在括号里。",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A question of a paper; `pictures` are PNG files."""

    content: Content
    pictures: Sequence[bytes] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    title: str
    item: str
    minutes: int
    questions: Sequence[Printed] = field(default_factory=tuple)

    @property
    def parts(self) -> list[tuple[str, QuestionType, list[tuple[int, Printed]]]]:
        """Questions of one type that follow each other, numbered through the paper."""
        numbered = enumerate(self.questions, start=1)
        groups = groupby(numbered, key=lambda each: QuestionType(each[1].content.type))
        return [
            (_HAN[place % len(_HAN)], kind, list(questions)) for place, (kind, questions) in enumerate(groups)
        ]


def write_paper(paper: PrintedPaper) -> bytes:
    """What is handed to those who sit it: no answers."""
    document = _begun(paper, paper.title)
    add_paragraph(document, "单位：", "＿＿＿＿＿＿＿＿　姓名：＿＿＿＿＿＿　得分：＿＿＿＿")
    for han, kind, questions in paper.parts:
        document.add_heading(f"{han}、{kind.label}（共 {len(questions)} 题）", level=1)
        add_paragraph(document, "", _TASKS[kind], keep=True)
        for number, question in questions:
            _asked(document, number, question)
    return saved(document)


def write_key(paper: PrintedPaper) -> bytes:
    """For those who mark it: a table of answers, then each with its explanation."""
    document = _begun(paper, f"{paper.title} 答案")
    document.add_heading("答案表", level=1)
    _table(document, paper.questions)
    document.add_heading("解析", level=1)
    for number, question in enumerate(paper.questions, start=1):
        key = show_answer(question.content.answer, question.content.type)
        explanation = question.content.explanation or "（没有解析）"
        add_paragraph(document, f"{number}. 〔{key}〕", f"{explanation}（{question.name}）")
    return saved(document)


def _begun(paper: PrintedPaper, title: str) -> WordDocument:
    document = Document()
    set_up(document)
    document.core_properties.title = writable(title)
    document.add_heading(writable(title), level=0)
    count = len(paper.questions)
    marks = f"共 {count} 题，每题分值相同，满分 100 分，{PASS_MARK} 分合格"
    facts = f"{paper.item}　{marks}　时间 {paper.minutes} 分钟"
    document.add_paragraph(writable(facts)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def _asked(document: WordDocument, number: int, question: Printed) -> None:
    content, pictures = question.content, question.pictures
    has_more = bool(pictures or content.options)
    add_paragraph(document, f"{number}. ", _with_blank(content.stem), keep=has_more)
    for picture in pictures:
        _picture(document, picture, keep=bool(content.options))
    for letter, option in zip(LETTERS, content.options, strict=False):
        add_paragraph(document, f"{letter}. ", option, keep=letter != LETTERS[len(content.options) - 1])


def _with_blank(stem: str) -> str:
    """The stem with a place for the answer; one that has its own gets no second."""
    return stem if _BLANK.search(stem) else f"{stem}（　　）"


def _picture(document: WordDocument, picture: bytes, *, keep: bool) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep
    add_picture(paragraph, picture)


def _table(document: WordDocument, questions: Sequence[Printed]) -> None:
    """Ten answers a row: a row of numbers above a row of keys."""
    for start in range(0, len(questions), 10):
        row = questions[start : start + 10]
        table = document.add_table(rows=2, cols=10, style="Table Grid")
        for column, question in enumerate(row):
            table.cell(0, column).text = str(start + column + 1)
            table.cell(1, column).text = show_answer(question.content.answer, question.content.type)
        document.add_paragraph()
