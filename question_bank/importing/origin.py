"""The number and version that our own exports carry: which question of the bank a file means."""

import re
from dataclasses import dataclass

_NAME = re.compile(r"question-(\d{1,15})-version-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Origin:
    question: int
    version: int

    def __str__(self) -> str:
        return named(str(self.question), str(self.version))


def named(question: str, version: str) -> str:
    """The identifier of a number and a version that stand apart, as in a table."""
    return f"question-{question.strip()}-version-{version.strip()}"


def read_origin(text: str) -> Origin | None:
    """From the identifier that an export wrote; any other one says nothing."""
    found = _NAME.fullmatch(text.strip())
    return Origin(*map(int, found.groups())) if found else None
