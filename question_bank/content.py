"""What a question says, and what is wrong with it. Needs no database: importers use it too."""

from dataclasses import dataclass
from enum import StrEnum


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
    """The words of a question. `answer` holds option letters in order, or T or F for true/false."""

    type: str
    stem: str
    options: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    explanation: str = ""
    difficulty: int | None = None
