"""What Word itself writes before a paragraph: 1. / A. / 二、; the numbers are not in the text."""

from collections import defaultdict
from typing import Any

from question_bank.content import LETTERS
from question_bank.importing.formats.word_lines import attribute, local

_HAN = "零一二三四五六七八九"
_HAN_FORMATS = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"}


class Numbering:
    """Counts the numbered paragraphs of one document, which must be asked in their order."""

    def __init__(self, numbering: Any | None) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}  # (list, level) → format, text, start
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._learn(numbering)

    def label(self, paragraph: Any) -> str:
        """The number before this paragraph with a blank after it, or nothing."""
        found = next((e for e in paragraph.iter() if local(e) == "numPr"), None)
        if found is None:
            return ""
        values = {local(child): attribute(child, "val") or "" for child in found}
        number, level = values.get("numId", ""), values.get("ilvl", "0")
        if (number, level) not in self._levels:
            return ""
        return self._count(number, int(level))

    def _learn(self, numbering: Any) -> None:
        abstract = {attribute(e, "abstractNumId"): e for e in numbering if local(e) == "abstractNum"}
        for entry in (e for e in numbering if local(e) == "num"):
            link = next((attribute(e, "val") for e in entry if local(e) == "abstractNumId"), None)
            for level in (e for e in abstract.get(link, ()) if local(e) == "lvl"):
                values = {local(child): attribute(child, "val") or "" for child in level}
                key = (attribute(entry, "numId") or "", attribute(level, "ilvl") or "0")
                start = int(values.get("start", "1") or 1)
                self._levels[key] = (values.get("numFmt", "decimal"), values.get("lvlText", ""), start)

    def _count(self, number: str, level: int) -> str:
        form, text, start = self._levels[number, str(level)]
        counts = self._counts[number]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if form == "bullet":
            return ""
        return text.replace(f"%{level + 1}", _written(counts[level], form)) + " "


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
