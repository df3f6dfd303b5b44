"""IMS QTI 2.x and 3.0: one item, or a package of items (imsglobal.org/question)."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from question_bank.content import LETTERS, QuestionType
from question_bank.importing.archives import open_archive
from question_bank.importing.formats.word_lines import local
from question_bank.importing.formats.xml_text import parse
from question_bank.importing.raw import PICTURE, Level, Option, RawQuestion
from question_bank.importing.types import OTHER

MANIFEST = "imsmanifest.xml"
_BLOCKS = {"p", "div", "br", "li", "prompt", "tr"}
_TEXTLESS = {"choiceinteraction", "modalfeedback", "rubricblock", "feedbackblock"}


def read(data: bytes) -> list[RawQuestion]:
    if not data.startswith(b"PK"):
        return [_item(parse(data), "这道题")]
    with open_archive(data) as archive:
        return [_member(archive, name) for name in _item_names(archive)]


def name_of(element: Element) -> str:
    """simpleChoice and qti-simple-choice are both simplechoice."""
    return local(element).removeprefix("qti-").replace("-", "").lower()


def _item_names(archive: ZipFile) -> list[str]:
    names = [name for name in archive.namelist() if name.lower().endswith(".xml")]
    manifest = next((name for name in names if PurePosixPath(name).name == MANIFEST), None)
    if manifest is None:
        return [name for name in names if name_of(parse(archive.read(name))) == "assessmentitem"]
    folder = PurePosixPath(manifest).parent
    resources = (e for e in parse(archive.read(manifest)).iter() if name_of(e) == "resource")
    items = [e.get("href", "") for e in resources if re.match(r"imsqti_item", e.get("type", ""))]
    return [str(folder / unquote(href)) for href in items]


def _member(archive: ZipFile, name: str) -> RawQuestion:
    try:
        return _item(parse(archive.read(name)), name)
    except KeyError:
        question = RawQuestion(where=name)
        question.note(Level.ERROR, "file_missing", "清单里有这道题，包里却没有这个文件；请重新导出后再导入。")
        return question


def _item(item: Element, where: str) -> RawQuestion:
    body = next(_named(item, "itembody"), Element("itembody"))
    choices = list(_named(body, "choiceinteraction"))
    interactions = [e for e in body.iter() if name_of(e).endswith("interaction")]
    feedback = [_words(element) for element in _named(item, "modalfeedback")]
    question = RawQuestion(where=where, stem=_words(body), explanation="\n".join(dict.fromkeys(feedback)))
    if len(interactions) == len(choices) == 1:
        _take_choices(question, item, choices[0])
    else:
        question.type = OTHER
    return question


def _take_choices(question: RawQuestion, item: Element, interaction: Element) -> None:
    identifier = interaction.get("responseIdentifier") or interaction.get("response-identifier")
    declaration = next(
        (e for e in _named(item, "responsedeclaration") if e.get("identifier") == identifier), Element("none")
    )
    correct = [e for found in _named(declaration, "correctresponse") for e in _named(found, "value")]
    right = {(value.text or "").strip() for value in correct}
    choices = list(_named(interaction, "simplechoice"))
    prompts = [_words(prompt) for prompt in _named(interaction, "prompt")]
    question.stem = "\n".join(filter(None, [question.stem, *prompts]))
    question.options = [
        Option(letter, _words(choice)) for letter, choice in zip(LETTERS, choices, strict=False)
    ]
    question.answer = "".join(
        letter for letter, e in zip(LETTERS, choices, strict=False) if e.get("identifier") in right
    )
    is_multiple = declaration.get("cardinality") == "multiple"
    question.type = QuestionType.MULTIPLE if is_multiple else QuestionType.SINGLE


def _named(element: Element, name: str) -> Iterator[Element]:
    return (found for found in element.iter() if name_of(found) == name)


def _words(element: Element) -> str:
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(words for line in lines if (words := re.sub(r"[ \t\r]+", " ", line).strip()))


def _pieces(element: Element) -> Iterator[str]:
    name = name_of(element)
    if name in ("img", "object", "math"):
        yield PICTURE
        return
    yield "\n" if name in _BLOCKS else ""
    yield _collapsed(element.text)
    for child in element:
        if name_of(child) not in _TEXTLESS:
            yield from _pieces(child)
        yield _collapsed(child.tail)
    yield "\n" if name in _BLOCKS else ""


def _collapsed(text: str | None) -> str:
    """Blanks count once in XML, but for the unbreakable one."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
