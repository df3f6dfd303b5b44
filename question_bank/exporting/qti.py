"""IMS QTI packages, 2.1 and 3.0: one item a file, an explanation as feedback that is always shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile

from question_bank.content import QuestionType
from question_bank.exporting.entry import Entry
from question_bank.importing.formats.qti import MANIFEST

RESPONSE, FEEDBACK, EXPLANATION = "RESPONSE", "FEEDBACK", "explanation"
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
    schema="IMS Content",
    schema_version="1.1",
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
    names = [f"item-{number:05d}" for number in range(1, len(entries) + 1)]
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _document(_manifest(names, dialect)))
        for name, entry in zip(names, entries, strict=True):
            archive.writestr(f"{name}.xml", _document(_item(name, entry, title, dialect)))
    return stream.getvalue()


def _manifest(names: Sequence[str], dialect: Dialect) -> Element:
    manifest = Element("manifest", xmlns=dialect.packaging, identifier="anke-question-bank")
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = dialect.schema
    SubElement(metadata, "schemaversion").text = dialect.schema_version
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for name in names:
        href = f"{name}.xml"
        resource = SubElement(resources, "resource", identifier=name, type=dialect.resource_type, href=href)
        SubElement(resource, "file", href=href)
    return manifest


def _item(name: str, entry: Entry, title: str, dialect: Dialect) -> Element:
    attributes = {"adaptive": "false", dialect.attribute("timeDependent"): "false"}
    item = Element(
        dialect.name("assessmentItem"), xmlns=dialect.items, identifier=name, title=title, **attributes
    )
    _declare(item, entry, dialect)
    _body(item, entry, dialect)
    SubElement(item, dialect.name("responseProcessing"), template=dialect.template)
    if entry.content.explanation:
        _feedback(item, entry.content.explanation, dialect)
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


def _body(item: Element, entry: Entry, dialect: Dialect) -> None:
    body = SubElement(item, dialect.name("itemBody"))
    attributes = {
        dialect.attribute("responseIdentifier"): RESPONSE,
        "shuffle": "false",
        dialect.attribute("maxChoices"): "0" if entry.content.type == QuestionType.MULTIPLE else "1",
    }
    interaction = SubElement(body, dialect.name("choiceInteraction"), attributes)
    _write_lines(SubElement(interaction, dialect.name("prompt")), entry.content.stem)
    for letter, text, _ in entry.choices:
        _write_lines(SubElement(interaction, dialect.name("simpleChoice"), identifier=letter), text)


def _feedback(item: Element, explanation: str, dialect: Dialect) -> None:
    attributes = {
        dialect.attribute("outcomeIdentifier"): FEEDBACK,
        "identifier": EXPLANATION,
        dialect.attribute("showHide"): "show",
    }
    feedback = SubElement(item, dialect.name("modalFeedback"), attributes)
    body = SubElement(feedback, dialect.name("contentBody")) if dialect.is_dashed else feedback
    _write_lines(SubElement(body, "p") if dialect.is_dashed else body, explanation)


def _write_lines(element: Element, text: str) -> None:
    """A text with a break for each new line; blanks beside each other would count as one."""
    first, *others = text.replace("  ", " \N{NO-BREAK SPACE}").split("\n")
    element.text = first
    for line in others:
        SubElement(element, "br").tail = line


def _document(root: Element) -> bytes:
    return tostring(root, encoding="utf-8", xml_declaration=True)
