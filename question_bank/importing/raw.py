"""What every reader hands on: questions as the file writes them, nothing judged yet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

PICTURE = "\ufffc"  # stands in a text where the file has a picture or a formula
BROKEN = "\ufffd"  # stands in a text where bytes of the file are lost
WHOLE_FILE = "整份文件"
PICTURES = 0xF0000  # this and later characters: the first, second, … picture that the file brings along
PICTURE_CHAR = re.compile("[\U000f0000-\U000ffffd]")
_QUOTED = 4_000  # characters of the source kept beside a question


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Defect:
    """`message` says what was found and what to do next."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Option:
    """`letter` is the one written before it, upper case, or empty."""

    letter: str
    text: str


@dataclass(kw_only=True)
class RawQuestion:
    """One question as found. Texts are as written; `where` lets a person find it in the file."""

    where: str
    number: str = ""
    type: str = ""
    stem: str = ""
    options: list[Option] = field(default_factory=list)
    answer: str = ""
    explanation: str = ""
    section: str = ""
    difficulty: str = ""
    knowledge_points: str = ""
    valid_from: str = ""
    valid_to: str = ""
    origin: str = ""  # the identifier that an export of ours gave it
    marked: list[str] = field(default_factory=list)  # letters of the options in red, bold, ticked or called
    called: list[str] = field(default_factory=list)  # of those, the letters that words call right
    source: str = ""  # the place in the file as it reads there
    is_keyed: bool = False  # the format says which option is right; letters in the stem are words
    headless: bool = False  # no heading in the file says what the key's digits mean
    defects: list[Defect] = field(default_factory=list)

    def note(self, level: Level, code: str, message: str) -> None:
        self.defects.append(Defect(level, code, message))

    def quote(self, text: str) -> None:
        """Keep a further piece of the source, so that a person may compare."""
        if text.strip() and len(self.source) < _QUOTED:
            self.source = f"{self.source}\n{text.strip()}".strip()[:_QUOTED]


@dataclass(frozen=True, slots=True)
class Reading:
    """All questions of one file in their order.

    `pictures` are (name, bytes) of what the characters from `PICTURES` on stand for; `notes` are said of the
    file as a whole.
    """

    format: str
    questions: Sequence[RawQuestion]
    pictures: Sequence[tuple[str, bytes]] = ()
    notes: Sequence[Defect] = ()


class Unreadable(Exception):
    """The file cannot be read as a question bank; the message is one sentence for the person who chose it."""


class Unmapped(Unreadable):
    """A table in which no column can be told; a person may say which is which."""
