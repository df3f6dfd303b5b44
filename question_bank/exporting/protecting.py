"""Words that a reader of running text would take for something else, made plain by marks nobody sees.

A word joiner (U+2060) has no width and breaks no line; our importers drop it like all such characters.
"""

import re
from dataclasses import replace

from question_bank.exporting.entry import Entry

JOINER = "\u2060"
_BEFORE = (  # a joiner goes in before each of these
    r"^(?=.)",  # a line may begin with a number, a heading, a key
    r"(?<=[A-Za-z])(?=\s?[.．、:：)）])",  # A. as of an option
    r"(?:(?<=^)|(?<=\s))(?=[A-Za-z])",  # A as of an option without a mark
    r"(?<=[(（\[【{｛_])(?=\s*[A-Ha-hTFYNXx√×✓✗对错正是否])",  # a key in the blank of a stem
    r"(?<=[。？?!)）\s])(?=(?:[A-H]{1,6}|T|√|×|✓|✗|正确|错误|对|错)\s*[。.]?\s*$)",  # a key at the end
    r"(?<=答)(?=案)|(?<=解)(?=析)|(?<=详)(?=解)|(?<=说)(?=明)|(?<=分)(?=析)|(?<=难)(?=[度易])",
    r"(?<=标)(?=答)|(?<=选)(?=项)|(?<=知)(?=识点)|(?<=章)(?=节)|(?<=日)(?=期)|(?<=有)(?=效日)|(?<=出)(?=处)",
    r"(?<=[√✓✔☑*★])(?=\s*(?:$|[(（]?[A-H]))",  # a tick beside an option
    r"(?<=[选项断非择空答述算题])(?=题?\s*[)）\]】])",  # a type behind a stem
)
_PLACES = re.compile("|".join(_BEFORE), re.MULTILINE)


def protected(entry: Entry) -> Entry:
    """The same question, of which no reader takes a part for another."""
    content = entry.content
    options = tuple(map(_joined, content.options))
    words = {"stem": _joined(content.stem), "explanation": _joined(content.explanation)}
    return replace(entry, content=replace(content, options=options, **words))


def _joined(text: str) -> str:
    return _PLACES.sub(JOINER, text)
