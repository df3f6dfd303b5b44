"""IMS QTI packages, 2.1 and 3.0: one item a file, an explanation as feedback that is always shown.

Difficulty, knowledge points and validity are keywords of the learning object metadata in the manifest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile

from question_bank.content import QuestionType
from question_bank.exporting.entry import Entry, picture_name
from question_bank.importing.formats.qti import MANIFEST

RESPONSE, FEEDBACK, EXPLANATION = "RESPONSE", "FEEDBACK", "explanation"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_DASHED = str.maketrans({char: f"-{char.lower()}" for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between the versions; 3.0 writes simpleChoice as qti-simple-choice."""

    items: str  # namespaces
    packaging: str
    schema: str
    schema_version: str
    resource_type: str
    template: str
    is_dashed: bool

    def name(self, word: str) -> str:
        return f"qti-{word.translate(_DASHED)}" if self.is_dashed else word

    def attribute(self, word: str) -> str:
        return word.translate(_DASHED) if self.is_dashed else word


QTI21 = Dialect(
    items="http://www.imsglobal.org/xsd/imsqti_v2p1",
    packaging="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.1 Package",
    schema_version="1.0.0",
    resource_type="imsqti_item_xmlv2p1",
    template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct",
    is_dashed=False,
)
QTI30 = Dialect(
    items="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    packaging="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema="QTI Package",
    schema_version="3.0.0",
    resource_type="imsqti_item_xmlv3p0",
    template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
    is_dashed=True,
)


def write_qti21(entries: Sequence[Entry], title: str) -> bytes:
    return _package(entries, title, QTI21)


def write_qti30(entries: Sequence[Entry], title: str) -> bytes:
    return _package(entries, title, QTI30)


def _package(entries: Sequence[Entry], title: str, dialect: Dialect) -> bytes:
    stream = BytesIO()
    named = [(entry.name or f"item-{number:05d}", entry) for number, entry in enumerate(entries, start=1)]
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _document(_manifest(named, dialect)))
        for name, entry in named:
            archive.writestr(f"{name}.xml", _document(_item(name, entry, title, dialect)))
            for number, picture in enumerate(entry.pictures, start=1):
                archive.writestr(_picture(name, number), picture)
    return stream.getvalue()


def _picture(name: str, number: int) -> str:
    return f"images/{name}-{picture_name(number)}"


def _manifest(named: Sequence[tuple[str, Entry]], dialect: Dialect) -> Element:
    manifest = Element("manifest", xmlns=dialect.packaging, identifier="anke-question-bank")
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = dialect.schema
    SubElement(metadata, "schemaversion").text = dialect.schema_version
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for name, entry in named:
        _resource(resources, name, entry, dialect)
    return manifest


def _resource(resources: Element, name: str, entry: Entry, dialect: Dialect) -> None:
    href = f"{name}.xml"
    resource = SubElement(resources, "resource", identifier=name, type=dialect.resource_type, href=href)
    if entry.tags:
        general = SubElement(SubElement(SubElement(resource, "metadata"), "lom", xmlns=_LOM), "general")
        for tag in entry.tags:
            SubElement(SubElement(general, "keyword"), "string", language="zh-CN").text = tag
    SubElement(resource, "file", href=href)
    for number in range(1, len(entry.pictures) + 1):
        SubElement(resource, "file", href=_picture(name, number))


def _item(name: str, entry: Entry, title: str, dialect: Dialect) -> Element:
    attributes = {"adaptive": "false", dialect.attribute("timeDependent"): "false"}
    item = Element(
        dialect.name("assessmentItem"), xmlns=dialect.items, identifier=name, title=title, **attributes
    )
    _declare(item, entry, dialect)
    _body(item, entry, name, dialect)
    SubElement(item, dialect.name("responseProcessing"), template=dialect.template)
    if entry.content.explanation:
        _feedback(item, entry, name, dialect)
    return item


def _declare(item: Element, entry: Entry, dialect: Dialect) -> None:
    is_multiple = entry.content.type == QuestionType.MULTIPLE
    base = dialect.attribute("baseType")
    response = SubElement(
        item,
        dialect.name("responseDeclaration"),
        {"identifier": RESPONSE, "cardinality": "multiple" if is_multiple else "single", base: "identifier"},
    )
    correct = SubElement(response, dialect.name("correctResponse"))
    for letter in entry.key:
        SubElement(correct, dialect.name("value")).text = letter
    _outcome(item, "SCORE", "float", "0", dialect)
    if entry.content.explanation:
        _outcome(item, FEEDBACK, "identifier", EXPLANATION, dialect)


def _outcome(item: Element, identifier: str, base: str, value: str, dialect: Dialect) -> None:
    attributes = {"identifier": identifier, "cardinality": "single", dialect.attribute("baseType"): base}
    outcome = SubElement(item, dialect.name("outcomeDeclaration"), attributes)
    default = SubElement(outcome, dialect.name("defaultValue"))
    SubElement(default, dialect.name("value")).text = value


def _body(item: Element, entry: Entry, name: str, dialect: Dialect) -> None:
    body = SubElement(item, dialect.name("itemBody"))
    attributes = {
        dialect.attribute("responseIdentifier"): RESPONSE,
        "shuffle": "false",
        dialect.attribute("maxChoices"): "0" if entry.content.type == QuestionType.MULTIPLE else "1",
    }
    interaction = SubElement(body, dialect.name("choiceInteraction"), attributes)
    _write(SubElement(interaction, dialect.name("prompt")), entry, entry.stem, name)
    for letter, text, _ in entry.choices:
        choice = SubElement(interaction, dialect.name("simpleChoice"), identifier=letter)
        _write(choice, entry, text, name)


def _feedback(item: Element, entry: Entry, name: str, dialect: Dialect) -> None:
    attributes = {
        dialect.attribute("outcomeIdentifier"): FEEDBACK,
        "identifier": EXPLANATION,
        dialect.attribute("showHide"): "show",
    }
    feedback = SubElement(item, dialect.name("modalFeedback"), attributes)
    body = SubElement(feedback, dialect.name("contentBody")) if dialect.is_dashed else feedback
    _write(SubElement(body, "p") if dialect.is_dashed else body, entry, entry.content.explanation, name)


def _write(element: Element, entry: Entry, text: str, name: str) -> None:
    """A text with its pictures, and a break for each new line."""
    _add(element, "")
    for piece in entry.pieces(text):
        if isinstance(piece, int):
            SubElement(element, "img", src=_picture(name, piece), alt=f"图{piece}")
            continue
        first, *others = piece.replace("\t", " ").replace("  ", " \N{NO-BREAK SPACE}").split("\n")
        _add(element, first)
        for line in others:
            SubElement(element, "br").tail = line


def _add(element: Element, text: str) -> None:
    """Text behind whatever the element holds by now; blanks beside each other would count as one."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _document(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True)
