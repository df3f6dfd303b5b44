"""Moodle's XML format. Difficulty, knowledge points and validity are tags; pictures are files of a text."""

from base64 import b64encode
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from question_bank.content import TRUE, QuestionType
from question_bank.exporting.entry import Entry, picture_name
from question_bank.exporting.html import as_html

_NAME_LENGTH = 40


def write(entries: Sequence[Entry], title: str) -> bytes:
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    _text(SubElement(category, "category"), f"$course$/{title}")
    for entry in entries:
        _question(quiz, entry)
    indent(quiz)
    return tostring(quiz, encoding="utf-8", xml_declaration=True)


def _question(quiz: Element, entry: Entry) -> None:
    content = entry.content
    is_truth = content.type == QuestionType.TRUE_FALSE
    question = SubElement(quiz, "question", type="truefalse" if is_truth else "multichoice")
    _text(SubElement(question, "name"), content.stem.split("\n")[0][:_NAME_LENGTH])
    _words(SubElement(question, "questiontext"), entry, entry.stem)
    _words(SubElement(question, "generalfeedback"), entry, content.explanation)
    if entry.name:
        SubElement(question, "idnumber").text = entry.name
    if is_truth:
        for word, right in (("true", content.answer == (TRUE,)), ("false", content.answer != (TRUE,))):
            _text(SubElement(question, "answer", fraction="100" if right else "0"), word)
    else:
        _choices(question, entry)
    _tags(question, entry)


def _choices(question: Element, entry: Entry) -> None:
    is_single = entry.content.type == QuestionType.SINGLE
    SubElement(question, "single").text = "true" if is_single else "false"
    SubElement(question, "shuffleanswers").text = "false"
    SubElement(question, "answernumbering").text = "ABCD"
    share = f"{100 / len(entry.content.answer):.5f}".rstrip("0").rstrip(".")
    for _, text, right in entry.choices:
        answer = SubElement(question, "answer", fraction=share if right else "0")
        _words(answer, entry, text)


def _words(element: Element, entry: Entry, text: str) -> None:
    """A text as it is, or as HTML when it has pictures, which follow it as files."""
    numbers = [piece for piece in entry.pieces(text) if isinstance(piece, int)]
    element.set("format", "html" if numbers else "plain_text")
    if not numbers:
        _text(element, text)
        return
    _text(element, as_html(entry, text, lambda number: f"@@PLUGINFILE@@/{picture_name(number)}"))
    for number in dict.fromkeys(numbers):
        file = SubElement(element, "file", name=picture_name(number), path="/", encoding="base64")
        file.text = b64encode(entry.pictures[number - 1]).decode()


def _tags(question: Element, entry: Entry) -> None:
    if entry.tags:
        tags = SubElement(question, "tags")
        for name in entry.tags:
            _text(SubElement(tags, "tag"), name)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
