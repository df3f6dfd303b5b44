"""What the QTI standard asks of an item and of a package, said of the elements that we write."""

import io
import re
import zipfile
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest

from question_bank.content import Content
from question_bank.exporting.entry import Entry
from question_bank.exporting.writing import WRITERS

WHOLE = {"difficulty": 2, "valid_from": date(2024, 7, 1), "valid_to": date(2030, 12, 31)}
SHOWN = Content(
    type="single",
    stem="看图〔图1〕，\n选一项。",
    options=("甲〔图2〕", "乙\n丙"),
    answer=("A",),
    explanation="见〔图1〕。\n第二行",
    images=("1.png", "2.png"),
    **WHOLE,
)
ENTRIES = [
    Entry(SHOWN, ("触电急救", "A. <类> & 其他"), (b"1", b"2")),
    Entry(Content(type="multiple", stem="哪些？", options=tuple("甲乙丙"), answer=("A", "C"), **WHOLE)),
    Entry(Content(type="true_false", stem="对吗？", answer=("F",), images=("1.png",)), (), (b"3",)),
]
FLOW = "(br |img )*"
MODELS = {  # element: its children in their order, its attributes; metadata differs by what it stands in
    "assessmentItem": (
        "(responseDeclaration )*(outcomeDeclaration )*(itemBody )?(responseProcessing )?(modalFeedback )*",
        "identifier title adaptive? timeDependent",
    ),
    "responseDeclaration": ("(correctResponse )?", "identifier cardinality baseType?"),
    "correctResponse": ("(value )+", ""),
    "outcomeDeclaration": ("(defaultValue )?", "identifier cardinality baseType?"),
    "defaultValue": ("(value )+", ""),
    "value": ("", ""),
    "itemBody": ("(choiceInteraction )+", ""),
    "choiceInteraction": ("(prompt )?(simpleChoice )+", "responseIdentifier shuffle? maxChoices?"),
    "prompt": (FLOW, ""),
    "simpleChoice": (FLOW, "identifier"),
    "responseProcessing": ("", "template?"),
    "modalFeedback": (FLOW, "outcomeIdentifier identifier showHide"),
    "contentBody": ("(p )*", ""),
    "p": (FLOW, ""),
    "br": ("", ""),
    "img": ("", "src alt"),
    "manifest": ("metadata organizations resources ", "identifier"),
    "manifest/metadata": ("schema schemaversion (lom )?", ""),
    "schema": ("", ""),
    "schemaversion": ("", ""),
    "organizations": ("", ""),
    "resources": ("(resource )*", ""),
    "resource": ("(metadata )?(file )+", "identifier type href?"),
    "resource/metadata": ("(lom )?", ""),
    "lom": ("(general )?", ""),
    "general": ("(keyword )*", ""),
    "keyword": ("(string )*", ""),
    "string": ("", "language?"),
    "file": ("", "href"),
}
HOLDS_TEXT = {"value", "schema", "schemaversion", "string"}  # beside those with a FLOW
VERSIONS = {
    "qti21": ("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1"),
    "qti30": (
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    ),
}
LOM = "http://ltsc.ieee.org/xsd/LOM"
IS_NAME = re.compile(r"[^\W\d][\w.-]*")


@pytest.fixture(params=sorted(VERSIONS))
def version(request):
    return request.param


@pytest.fixture
def package(version):
    with zipfile.ZipFile(io.BytesIO(WRITERS[version](ENTRIES, "低压电工"))) as archive:
        yield {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def manifest(package):
    return fromstring(package["imsmanifest.xml"])


@pytest.fixture
def items(package, manifest):
    return [fromstring(package[resource.get("href")]) for resource in _named(manifest, "resource")]


def _space(element: Element) -> str:
    return element.tag[: element.tag.index("}") + 1]


def _word(dashed: str) -> str:
    """`qti-simple-choice` and `time-dependent` of 3.0 as in 2.1: `simpleChoice`, `timeDependent`."""
    first, *others = dashed.split("}")[-1].removeprefix("qti-").split("-")
    return first + "".join(map(str.capitalize, others))


def _named(root: Element, word: str) -> list[Element]:
    return [element for element in root.iter() if _word(element.tag) == word]


def _attribute(element: Element, word: str) -> str | None:
    return {_word(name): value for name, value in element.attrib.items()}.get(word)


def _faults(element: Element, models: dict, within: str = ""):
    word = _word(element.tag)
    children, attributes = models.get(word) or models[f"{within}/{word}"]
    if not re.fullmatch(children, "".join(f"{_word(child.tag)} " for child in element)):
        yield f"children of {word}", [child.tag for child in element]
    required = {name for name in attributes.split() if not name.endswith("?")}
    if not required <= set(map(_word, element.attrib)) <= set(attributes.replace("?", "").split()):
        yield f"attributes of {word}", element.attrib
    beside = [element.text, *(child.tail for child in element)]
    if any(beside) and children != FLOW and word not in HOLDS_TEXT:
        yield f"text in {word}", beside
    for child in element:
        yield from _faults(child, models, word)


def test_children_and_attributes_are_those_of_the_standard(version, manifest, items):
    wrapped = {"modalFeedback": ("(contentBody )?", MODELS["modalFeedback"][1])}  # since 3.0
    models = MODELS | (wrapped if version == "qti30" else {})
    assert [fault for root in (manifest, *items) for fault in _faults(root, models)] == []


def test_every_element_is_in_the_namespace_of_its_version(version, manifest, items):
    ours, packaging = VERSIONS[version]
    assert {_space(element) for item in items for element in item.iter()} == {f"{{{ours}}}"}
    assert {_space(element) for element in manifest.iter()} == {f"{{{packaging}}}", f"{{{LOM}}}"}


def test_what_an_item_names_is_declared_and_its_key_is_among_its_choices(items, package):
    for item in items:
        (response,), (interaction,) = _named(item, "responseDeclaration"), _named(item, "choiceInteraction")
        assert response.get("identifier") == _attribute(interaction, "responseIdentifier") == "RESPONSE"
        choices = [choice.get("identifier") for choice in _named(item, "simpleChoice")]
        key = [value.text for value in response.iter() if _word(value.tag) == "value"]
        assert set(key) <= set(choices)
        assert len(choices) == len(set(choices))
        assert len(key) == 1 or response.get("cardinality") == "multiple"
        outcomes = {outcome.get("identifier") for outcome in _named(item, "outcomeDeclaration")}
        shown_by = {_attribute(feedback, "outcomeIdentifier") for feedback in _named(item, "modalFeedback")}
        assert {"SCORE"} | shown_by == outcomes  # the template match_correct sets SCORE
        assert {picture.get("src") for picture in _named(item, "img")} <= set(package)


def test_resources_have_names_of_their_own_and_list_each_file_once(version, manifest, items, package):
    resources = _named(manifest, "resource")
    names = [manifest.get("identifier"), *(resource.get("identifier") for resource in resources)]
    assert all(map(IS_NAME.fullmatch, names))
    assert len(names) == len(set(names))
    assert names[1:] == [item.get("identifier") for item in items]
    assert {one.get("type") for one in resources} == {f"imsqti_item_xmlv{version[3]}p{version[4]}"}
    files = [file.get("href") for file in _named(manifest, "file")]
    assert sorted([*files, "imsmanifest.xml"]) == sorted(package)
