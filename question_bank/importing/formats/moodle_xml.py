"""Moodle's XML format (docs.moodle.org, Moodle XML format)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from question_bank.content import LETTERS, QuestionType
from question_bank.importing.formats.xml_text import html_text, parse
from question_bank.importing.raw import Level, Option, RawQuestion
from question_bank.importing.types import OTHER

_PLAIN = {"plain_text", "plain"}
DIFFICULTY_TAG = "难度:"


def read(data: bytes) -> list[RawQuestion]:
    questions, section = [], ""
    for number, element in enumerate(parse(data).iter("question"), start=1):
        if element.get("type") == "category":
            section = element.findtext("category/text", "").strip()
        else:
            questions.append(_question(element, f"第 {number} 个 question", section))
    return questions


def _question(element: Element, where: str, section: str) -> RawQuestion:
    tags = [tag.findtext("text", "").strip() for tag in element.iterfind("tags/tag")]
    difficulties = [tag.removeprefix(DIFFICULTY_TAG) for tag in tags if tag.startswith(DIFFICULTY_TAG)]
    question = RawQuestion(
        where=where,
        stem=_words(element.find("questiontext")),
        explanation=_words(element.find("generalfeedback")),
        section=section,
        difficulty=difficulties[0] if difficulties else "",
        knowledge_points="；".join(tag for tag in tags if not tag.startswith(DIFFICULTY_TAG)),
    )
    if element.get("type") == "truefalse":
        question.type = QuestionType.TRUE_FALSE
        question.answer = next((_words(answer) for answer in _right(element)), "")
    elif element.get("type") == "multichoice":
        _take_choices(question, element)
    else:
        question.type = OTHER
    return question


def _take_choices(question: RawQuestion, element: Element) -> None:
    is_single = element.findtext("single", "true").strip().lower() in ("true", "1")
    question.type = QuestionType.SINGLE if is_single else QuestionType.MULTIPLE
    answers = element.findall("answer")
    question.options = [
        Option(letter, _words(answer)) for letter, answer in zip(LETTERS, answers, strict=False)
    ]
    right = list(_right(element, whole=is_single))
    question.answer = "".join(
        letter for letter, answer in zip(LETTERS, answers, strict=False) if answer in right
    )
    if is_single and len(right) < len(list(_right(element))):
        message = "有选项按比例得分，这里没有部分得分，只认全对的选项，请核对答案。"
        question.note(Level.WARNING, "partial_credit", message)


def _right(element: Element, *, whole: bool = False) -> Iterator[Element]:
    """The answers that earn something; with `whole` those that earn everything."""
    for answer in element.iterfind("answer"):
        try:
            fraction = float(answer.get("fraction", "0"))
        except ValueError:
            continue
        if fraction >= 100 or (fraction > 0 and not whole):
            yield answer


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    text = (element.findtext("text") or "").strip()
    return text if element.get("format") in _PLAIN else html_text(text)
