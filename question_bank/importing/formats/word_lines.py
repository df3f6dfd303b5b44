"""Paragraphs of Word's XML as lines: OOXML and the flat XML of 2003 use the same local names."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from question_bank.importing.lines import Line
from question_bank.importing.raw import PICTURE

_SUPERSCRIPT = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_FIXED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OBJECTS = {"drawing", "pict", "object", "oMath"}
_SKIPPED = {"Fallback", "del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText"}
_GONE = {"strike", "dstrike", "vanish"}
_QUIET_COLOURS = {None, "auto", "000000", "windowText"}


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def lost(_: Any) -> str:
    """What stands for a picture where nobody keeps them."""
    return PICTURE


def lines_of(paragraph: Any, where: str, label: str = "", picture: Callable[[Any], str] = lost) -> list[Line]:
    """The lines of a paragraph, broken at soft breaks, `label` being what Word counts before the first."""
    runs = list(_runs(paragraph, picture))
    marked = tuple(text for text, is_marked in runs if is_marked and text.strip())
    texts = "".join(text for text, _ in runs).split("\n")
    return [
        Line(where, f"{prefix}{text}", counted=bool(prefix), marked=marked)
        for text, prefix in zip_longest(texts, [label] if texts[0].strip() else [], fillvalue="")
        if text.strip()
    ]


def boxed(paragraph: Any) -> Iterator[Any]:
    """The paragraphs of the text boxes that are anchored in this one; what repeats them for old Word, not."""
    for child in paragraph:
        if local(child) == "txbxContent":
            yield from (inner for inner in child if local(inner) == "p")
        elif local(child) != "Fallback":
            yield from boxed(child)


def _holds_text(element: Any) -> bool:
    """Whether a drawing is a box of text, which is read as lines, and no picture."""
    names = {local(part) for part in element.iter()}
    return "txbxContent" in names and not names & {"blip", "imagedata"}


def _runs(element: Any, picture: Callable[[Any], str]) -> Iterator[tuple[str, bool]]:
    """(text, set off by colour, bold type or a line) of everything that is printed in a paragraph."""
    for child in element:
        name = local(child)
        if name in _OBJECTS:
            yield "" if _holds_text(child) else picture(child), False
        elif name == "r" and not _is_gone(child):
            yield _text(child, picture), _is_marked(child)
        elif name != "r" and name not in _SKIPPED:
            yield from _runs(child, picture)


def _text(run: Any, picture: Callable[[Any], str]) -> str:
    text = "".join(_piece(child, picture) for child in run)
    raised = next((attribute(e, "val") for e in run.iter() if local(e) == "vertAlign"), None)
    if raised == "superscript":
        return text.translate(_SUPERSCRIPT)
    return text.translate(_SUBSCRIPT) if raised == "subscript" else text


def _piece(element: Any, picture: Callable[[Any], str]) -> str:
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in _OBJECTS or name == "AlternateContent":
        return "" if _holds_text(element) else picture(element)
    return _FIXED.get(name, "")


def _is_gone(run: Any) -> bool:
    """Whether the words are crossed out or hidden: who looks at the page does not take them for its text."""
    return any(local(style) in _GONE and _is_on(style) for style in _properties(run))


def _is_on(style: Any) -> bool:
    return attribute(style, "val") not in ("0", "false", "off")


def _properties(run: Any) -> Any:
    return next((child for child in run if local(child) == "rPr"), ())


def _is_marked(run: Any) -> bool:
    for style in _properties(run):
        if local(style) == "b" and _is_on(style):
            return True
        if local(style) == "color" and attribute(style, "val") not in _QUIET_COLOURS:
            return True
        if local(style) in ("u", "highlight") and attribute(style, "val") not in (None, "none"):
            return True
    return False
