"""The pictures of a question: named where its words show them, told where the file lost them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from question_bank.content import picture_label
from question_bank.importing.raw import (
    PICTURE,
    PICTURE_CHAR,
    PICTURES,
    Defect,
    Level,
    Option,
    RawQuestion,
)

PICTURE_LOST = Defect(Level.WARNING, "picture_lost", "原文这里有图片或公式，没有导入，请核对题目是否完整。")
_BELOW = re.compile("(?:\\n[\U000f0000-\U000ffffd]+)+$")


def texts_of(raw: RawQuestion) -> list[str]:
    """In reading order."""
    return [raw.stem, *(option.text for option in raw.options), raw.explanation]


def without_lost_pictures(raw: RawQuestion, defects: list[Defect]) -> RawQuestion:
    if not any(PICTURE in text for text in texts_of(raw)):
        return raw
    defects.append(PICTURE_LOST)
    return replace(
        raw,
        stem=raw.stem.replace(PICTURE, ""),
        explanation=raw.explanation.replace(PICTURE, ""),
        options=[Option(option.letter, option.text.replace(PICTURE, "")) for option in raw.options],
    )


def with_named_pictures(raw: RawQuestion, names: Sequence[str]) -> tuple[RawQuestion, tuple[str, ...]]:
    """Each picture as 〔图1〕, 〔图2〕 in reading order, and their names in this order.

    What stands on lines of its own below the stem is shown there anyway and needs no name.
    """
    found = list(dict.fromkeys(PICTURE_CHAR.findall("".join(texts_of(raw)))))
    if not found:
        return raw, ()
    labels = {ord(char): picture_label(at) for at, char in enumerate(found, start=1)}
    named = replace(
        raw,
        stem=_BELOW.sub("", raw.stem).translate(labels),
        explanation=raw.explanation.translate(labels),
        options=[Option(option.letter, option.text.translate(labels)) for option in raw.options],
    )
    return named, tuple(names[ord(char) - PICTURES] for char in found)
