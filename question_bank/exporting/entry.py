from dataclasses import dataclass

from question_bank.content import LETTERS, TRUE, Content, QuestionType

TRUTH_OPTIONS = ("正确", "错误")  # as options A and B, for formats that know no true/false
DIFFICULTIES = {1: "易", 2: "中", 3: "难"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A question to be written out, with its knowledge points."""

    content: Content
    knowledge_points: tuple[str, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(letter, text, right) of each option; a true/false question has 正确 and 错误."""
        if self.content.type == QuestionType.TRUE_FALSE:
            is_true = self.content.answer == (TRUE,)
            return [("A", TRUTH_OPTIONS[0], is_true), ("B", TRUTH_OPTIONS[1], not is_true)]
        lettered = zip(LETTERS, self.content.options, strict=False)
        return [(letter, text, letter in self.content.answer) for letter, text in lettered]

    @property
    def key(self) -> str:
        return "".join(letter for letter, _, right in self.choices if right)

    @property
    def difficulty(self) -> str:
        return DIFFICULTIES.get(self.content.difficulty, "")
