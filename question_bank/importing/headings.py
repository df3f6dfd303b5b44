"""What a question stands under: `第一章 …`, `一、单选题`, `（一）…`."""

from dataclasses import dataclass

from question_bank.importing.lines import CHAPTER, SUBCHAPTER, TYPE_HEADING
from question_bank.likeness.folding import narrow


@dataclass(slots=True)
class Headings:
    """The last heading of each kind; one of a higher kind ends those below it."""

    chapter: str = ""
    of_type: str = ""
    part: str = ""

    @property
    def section(self) -> str:
        return self.part or self.chapter or self.of_type

    @property
    def type(self) -> str:
        """The word for a type of question that the heading names."""
        found = TYPE_HEADING.match(narrow(self.of_type))
        return found[1] if found else ""

    def take(self, text: str, *, is_over: bool, begins_questions: bool) -> bool:
        """Whether the line is a heading; of a chapter only when the question before it `is_over`."""
        text, folded = text.strip(), narrow(text).strip()
        if TYPE_HEADING.match(folded):
            self.of_type, self.part = text, ""
        elif CHAPTER.match(folded) and is_over:
            self.chapter, self.of_type, self.part = text, "", ""
        elif SUBCHAPTER.match(folded) and is_over and begins_questions:
            self.part = text
        else:
            return False
        return True
