"""What Word itself writes before a paragraph: 1. / A. / 二、; the numbers are not in the text."""

from collections import defaultdict
from typing import Any

from question_bank.content import LETTERS
from question_bank.importing.formats.word_lines import attribute, local

_HAN = "零一二三四五六七八九"
_HAN_FORMATS = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"}


class Numbering:
    """Counts the numbered paragraphs of one document, which must be asked in their order.

    Lists of one definition go on counting from each other, as Word does, but for one told to start anew.
    """

    def __init__(self, numbering: Any | None, styles: Any | None = None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level) → format, text, start
        self._definitions: dict[str, str] = {}
        self._anew: dict[str, set[int]] = {}  # levels that a list starts anew, until it has
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = _numbered_styles(styles)
        if numbering is not None:
            self._learn(numbering)

    def label(self, paragraph: Any) -> str:
        """The number before this paragraph with a blank after it, or nothing."""
        properties = next((e for e in paragraph if local(e) == "pPr"), ())
        number, level = self._styles.get(_value(properties, "pStyle"), ("", 0))
        if (found := next((e for e in properties if local(e) == "numPr"), None)) is not None:
            number, level = _value(found, "numId"), int(_value(found, "ilvl") or 0)
        return self._count(number, level) if (number, level) in self._levels else ""

    def _learn(self, numbering: Any) -> None:
        abstract = {attribute(e, "abstractNumId"): e for e in numbering if local(e) == "abstractNum"}
        for entry in (e for e in numbering if local(e) == "num"):
            number, link = attribute(entry, "numId") or "", _value(entry, "abstractNumId")
            self._definitions[number] = link
            overrides = [e for e in entry if local(e) == "lvlOverride"]
            self._anew[number] = {
                int(attribute(e, "ilvl") or 0) for e in overrides if _value(e, "startOverride")
            }
            for level in (e for e in abstract.get(link, ()) if local(e) == "lvl"):
                values = {local(child): attribute(child, "val") or "" for child in level}
                start = int(values.get("start", "1") or 1)
                key = (number, int(attribute(level, "ilvl") or 0))
                self._levels[key] = (values.get("numFmt", "decimal"), values.get("lvlText", ""), start)

    def _count(self, number: str, level: int) -> str:
        form, text, start = self._levels[number, level]
        counts = self._counts[self._definitions[number]]
        if level in self._anew[number]:
            self._anew[number].discard(level)
            counts.pop(level, None)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return "" if form == "bullet" else f"{self._shown(number, text, counts)} "

    def _shown(self, number: str, text: str, counts: dict[int, int]) -> str:
        """`%1.%2` with the count of each level in its own format."""
        for level, count in counts.items():
            form = self._levels.get((number, level), ("decimal",))[0]
            text = text.replace(f"%{level + 1}", _written(count, form))
        return text


def _value(element: Any, name: str) -> str:
    return next((attribute(child, "val") or "" for child in element if local(child) == name), "")


def _numbered_styles(styles: Any | None) -> dict[str, tuple[str, int]]:
    """Paragraph styles that are numbered: id → list and level; those based on them are too."""
    own, bases = {}, {}
    for style in () if styles is None else (e for e in styles if local(e) == "style"):
        name = attribute(style, "styleId") or ""
        bases[name] = _value(style, "basedOn")
        properties = next((e for e in style if local(e) == "pPr"), ())
        found = next((e for e in properties if local(e) == "numPr"), None)
        if found is not None:
            own[name] = (_value(found, "numId"), int(_value(found, "ilvl") or 0))
    inherited = {name: own[base] for name, base in bases.items() if name not in own and base in own}
    return inherited | own


def _written(number: int, form: str) -> str:
    if form == "upperLetter" and number <= len(LETTERS):
        return LETTERS[number - 1]
    if form in _HAN_FORMATS and number < 100:
        return _han(number)
    return str(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    written = (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")
    return written or _HAN[0]
