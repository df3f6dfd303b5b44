"""IMS QTI 2.x and 3.0: one item, or a package of items (imsglobal.org/question)."""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from question_bank.content import LETTERS, QuestionType
from question_bank.importing.album import Album
from question_bank.importing.archives import open_archive
from question_bank.importing.formats.word_lines import local
from question_bank.importing.formats.xml_text import parse
from question_bank.importing.raw import PICTURE, Level, Option, RawQuestion, Unreadable
from question_bank.importing.tags import take_tags
from question_bank.importing.types import OTHER

MANIFEST = "imsmanifest.xml"
_BLOCKS = {"p", "div", "br", "li", "prompt", "tr"}
_TEXTLESS = {"choiceinteraction", "modalfeedback", "rubricblock", "feedbackblock"}


Picture = Callable[[str], str]  # what stands for the picture at this address


def read(data: bytes, album: Album | None = None) -> list[RawQuestion]:
    if not data.startswith(b"PK"):
        return [_item(parse(data), "这道题", lambda source: PICTURE)]
    album = album or Album()
    with open_archive(data) as archive:
        items = _items(archive)
        questions = [_member(archive, name, album) for name in items]
    for question, tags in zip(questions, items.values(), strict=True):
        take_tags(question, tags)
    return questions


def name_of(element: Element) -> str:
    """simpleChoice and qti-simple-choice are both simplechoice."""
    return local(element).removeprefix("qti-").replace("-", "").lower()


def _items(archive: ZipFile) -> dict[str, list[str]]:
    """The path of each item, with its keywords."""
    names = [name for name in archive.namelist() if name.lower().endswith(".xml")]
    manifest = next((name for name in names if PurePosixPath(name).name == MANIFEST), None)
    if manifest is None:
        items = [name for name in names if name_of(parse(archive.read(name))) == "assessmentitem"]
        return {name: [] for name in items}
    folder = PurePosixPath(manifest).parent
    resources = (e for e in parse(archive.read(manifest)).iter() if name_of(e) == "resource")
    items = [e for e in resources if re.match(r"imsqti_item", e.get("type", ""))]
    return {str(folder / unquote(e.get("href", ""))): _keywords(e) for e in items}


def _keywords(resource: Element) -> list[str]:
    """The keywords of the learning object metadata, in whatever namespace it is written."""
    return ["".join(word.itertext()).strip() for word in _named(resource, "keyword")]


def _member(archive: ZipFile, name: str, album: Album) -> RawQuestion:
    def picture(source: str) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(source)))
        return album.add(archive.read(path) if path in archive.NameToInfo else None)

    try:
        return _item(parse(archive.read(name)), name, picture)
    except KeyError:
        return _unread(name, "清单里有这道题，包里却没有这个文件；请重新导出后再导入。")
    except (BadZipFile, Unreadable) as error:
        return _unread(name, f"这道题的文件读不了：{error}")


def _unread(name: str, message: str) -> RawQuestion:
    question = RawQuestion(where=name)
    question.note(Level.ERROR, "file_missing", message)
    return question


def _item(item: Element, where: str, picture: Picture) -> RawQuestion:
    body = next(_named(item, "itembody"), Element("itembody"))
    choices = list(_named(body, "choiceinteraction"))
    interactions = [e for e in body.iter() if name_of(e).endswith("interaction")]
    feedback = [_words(element, picture) for element in _named(item, "modalfeedback")]
    stem = _words(body, picture)
    question = RawQuestion(
        where=where,
        stem=stem,
        explanation="\n".join(dict.fromkeys(feedback)),
        origin=item.get("identifier", ""),
        is_keyed=True,
    )
    question.quote("".join(_all_words(body)))
    if len(interactions) == len(choices) == 1:
        _take_choices(question, item, choices[0], picture)
    else:
        question.type = OTHER
    return question


def _take_choices(question: RawQuestion, item: Element, interaction: Element, picture: Picture) -> None:
    identifier = interaction.get("responseIdentifier") or interaction.get("response-identifier")
    declaration = next(
        (e for e in _named(item, "responsedeclaration") if e.get("identifier") == identifier), Element("none")
    )
    correct = [e for found in _named(declaration, "correctresponse") for e in _named(found, "value")]
    right = {(value.text or "").strip() for value in correct}
    choices = list(_named(interaction, "simplechoice"))
    prompts = [_words(prompt, picture) for prompt in _named(interaction, "prompt")]
    question.stem = "\n".join(filter(None, [question.stem, *prompts]))
    question.options = [
        Option(letter, _words(choice, picture)) for letter, choice in zip(LETTERS, choices, strict=False)
    ]
    question.answer = "".join(
        letter for letter, e in zip(LETTERS, choices, strict=False) if e.get("identifier") in right
    )
    is_multiple = declaration.get("cardinality") == "multiple"
    question.type = QuestionType.MULTIPLE if is_multiple else QuestionType.SINGLE


def _named(element: Element, name: str) -> Iterator[Element]:
    return (found for found in element.iter() if name_of(found) == name)


def _words(element: Element, picture: Picture) -> str:
    lines = "".join(_pieces(element, picture)).split("\n")
    return "\n".join(words for line in lines if (words := re.sub(r"[ \t\r]+", " ", line).strip()))


def _all_words(body: Element) -> Iterator[str]:
    """Every line with words, choices included, as the source to compare with."""
    for piece in body.itertext():
        if words := " ".join(piece.split()):
            yield f"{words}\n"


def _pieces(element: Element, picture: Picture) -> Iterator[str]:
    name = name_of(element)
    if name in ("img", "object", "math"):
        yield PICTURE if name == "math" else picture(element.get("src") or element.get("data") or "")
        return
    yield "\n" if name in _BLOCKS else ""
    yield _collapsed(element.text)
    for child in element:
        if name_of(child) not in _TEXTLESS:
            yield from _pieces(child, picture)
        yield _collapsed(child.tail)
    yield "\n" if name in _BLOCKS else ""


def _collapsed(text: str | None) -> str:
    """Blanks count once in XML, but for the unbreakable one."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
