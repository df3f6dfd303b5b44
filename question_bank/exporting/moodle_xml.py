"""Moodle's XML format. Difficulty and knowledge points are tags."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from question_bank.content import TRUE, QuestionType
from question_bank.exporting.entry import Entry
from question_bank.importing.formats.moodle_xml import DIFFICULTY_TAG

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
    _text(SubElement(question, "questiontext", format="plain_text"), content.stem)
    _text(SubElement(question, "generalfeedback", format="plain_text"), content.explanation)
    if is_truth:
        _answer(question, "true", content.answer == (TRUE,), "100")
        _answer(question, "false", content.answer != (TRUE,), "100")
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
        _answer(question, text, right, share)


def _answer(question: Element, text: str, right: bool, share: str) -> None:
    answer = SubElement(question, "answer", fraction=share if right else "0", format="plain_text")
    _text(answer, text)


def _tags(question: Element, entry: Entry) -> None:
    difficulty = [f"{DIFFICULTY_TAG}{entry.difficulty}"] if entry.difficulty else []
    names = [*difficulty, *entry.knowledge_points]
    if names:
        tags = SubElement(question, "tags")
        for name in names:
            _text(SubElement(tags, "tag"), name)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
