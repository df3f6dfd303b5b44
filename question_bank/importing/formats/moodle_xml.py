"""Moodle's XML format (docs.moodle.org, Moodle XML format)."""

from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from question_bank.content import LETTERS, QuestionType
from question_bank.importing.album import Album, of_address
from question_bank.importing.formats.xml_text import html_text, parse
from question_bank.importing.raw import Level, Option, RawQuestion
from question_bank.importing.tags import take_tags
from question_bank.importing.types import OTHER

_PLAIN = {"plain_text", "plain"}


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    album = album or Album()
    questions, section = [], ""
    for number, element in enumerate(parse(data).iter("question"), start=1):
        if element.get("type") == "category":
            section = element.findtext("category/text", "").strip()
        else:
            questions.append(_question(element, f"第 {number} 个 question", section, album))
    return questions


def _question(element: Element, where: str, section: str, album: Album) -> RawQuestion:
    tags = [tag.findtext("text", "").strip() for tag in element.iterfind("tags/tag")]
    question = RawQuestion(
        where=where,
        source=_source(element),
        stem=_words(element.find("questiontext"), album),
        explanation=_words(element.find("generalfeedback"), album),
        section=section,
        origin=element.findtext("idnumber", ""),
        is_keyed=True,
    )
    take_tags(question, tags)
    if element.get("type") == "truefalse":
        question.type = QuestionType.TRUE_FALSE
        question.answer = next((_words(answer) for answer in _right(element)), "")
    elif element.get("type") == "multichoice":
        _take_choices(question, element, album)
    else:
        question.type = OTHER
    return question


def _take_choices(question: RawQuestion, element: Element, album: Album) -> None:
    is_single = element.findtext("single", "true").strip().lower() in ("true", "1")
    question.type = QuestionType.SINGLE if is_single else QuestionType.MULTIPLE
    answers = element.findall("answer")
    question.options = [
        Option(letter, _words(answer, album)) for letter, answer in zip(LETTERS, answers, strict=False)
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


def _words(element: Element | None, album: Album | None = None) -> str:
    if element is None:
        return ""
    text = (element.findtext("text") or "").strip()
    if element.get("format") in _PLAIN:
        return text
    files = {file.get("name", ""): file.text or "" for file in element.iterfind("file")}
    return html_text(text, lambda source: _picture(source, files, album or Album()))


def _picture(source: str, files: dict[str, str], album: Album) -> str:
    """A picture beside the text (`@@PLUGINFILE@@/name`) or within it (`data:image/png;base64,…`)."""
    name = unquote(source).rpartition("/")[2]
    try:
        return album.add(of_address(source) or b64decode(files.get(name, "")))
    except ValueError:
        return album.add(None)


def _source(element: Element) -> str:
    """What stands there, in words: markup is nothing to compare by eye."""
    words = [_words(element.find("questiontext"))]
    for answer in element.iterfind("answer"):
        words.append(f"[{answer.get('fraction', '0')} %] {_words(answer)}")
    return "\n".join([*words, _words(element.find("generalfeedback"))]).strip()
