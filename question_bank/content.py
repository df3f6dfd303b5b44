"""What a question says. Needs no database: importers use it too."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from string import ascii_uppercase

LETTERS = ascii_uppercase  # options are named by their order
TRUE, FALSE = "T", "F"


def picture_label(number: int) -> str:
    """What stands in a text where the question's picture `number` (from 1) belongs."""
    return f"〔图{number}〕"


class QuestionType(StrEnum):
    TRUE_FALSE = "true_false"
    SINGLE = "single"
    MULTIPLE = "multiple"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    QuestionType.TRUE_FALSE: "判断题",
    QuestionType.SINGLE: "单选题",
    QuestionType.MULTIPLE: "多选题",
}


@dataclass(frozen=True, kw_only=True)
class Content:
    """The words of a question. `answer` holds option letters, or T or F for true/false.

    `images` are names of stored pictures; `valid_from` and `valid_to` are its first and its last day.
    """

    type: str
    stem: str
    options: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    explanation: str = ""
    difficulty: int | None = None
    images: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether what it says holds on `day`; without dates it always does."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def tidied(self) -> "Content":
        """The same words without blanks at their ends, the answer in order."""
        return replace(
            self,
            stem=self.stem.strip(),
            options=tuple(option.strip() for option in self.options),
            answer=tuple(sorted(self.answer)),
            explanation=self.explanation.strip(),
        )
