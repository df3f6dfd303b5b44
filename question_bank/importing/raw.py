"""What every reader hands on: questions as the file writes them, nothing judged yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

PICTURE = "\ufffc"  # stands in a text where the file has a picture or a formula
WHOLE_FILE = "整份文件"


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
    marked: list[str] = field(default_factory=list)  # letters of the options in red or bold
    headless: bool = False  # no heading in the file says what the key's digits mean
    defects: list[Defect] = field(default_factory=list)

    def note(self, level: Level, code: str, message: str) -> None:
        self.defects.append(Defect(level, code, message))


@dataclass(frozen=True, slots=True)
class Reading:
    """All questions of one file in their order."""

    format: str
    questions: Sequence[RawQuestion]


class Unreadable(Exception):
    """The file cannot be read as a question bank; the message is one sentence for the person who chose it."""
