"""What is said of each question of a file, and of the file as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from question_bank.content import Content
from question_bank.importing.origin import Origin
from question_bank.importing.raw import WHOLE_FILE, Defect, Level
from question_bank.importing.updating import Entry, Standing, changes, print_of, said_of
from question_bank.rules import Problem, content_problems


class State(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(kw_only=True)
class Verdict:
    """One question of the file, as it would be saved, and everything said about it."""

    where: str
    number: str
    section: str
    content: Content
    knowledge_points: tuple[str, ...]
    defects: list[Defect] = field(default_factory=list)
    source: str = ""
    origin: Origin | None = None
    is_copy: bool = False
    question: int | None = None  # of the bank: the one it copies or renews
    renews: bool = False

    @property
    def entry(self) -> Entry:
        return (self.section, str(self.content.type), self.number or self.where)

    @property
    def print(self) -> str:
        return print_of(self.content)

    def renew(self, standing: Standing) -> None:
        """Become the next version of a question that the same bank brought."""
        self.question, self.renews = standing.question, True
        changed = "key_changed" if "答案" in changes(standing.content, self.content) else "updated"
        self.defects.append(Defect(Level.WARNING, changed, said_of(standing, self.content)))

    def copy(self, name: str, question: int | None) -> None:
        """Say what there is already."""
        self.is_copy, self.question = True, question
        self.defects.append(Defect(Level.WARNING, "duplicate", f"与{name}相同，没有重复导入。"))

    @property
    def state(self) -> State:
        if any(defect.level == Level.ERROR for defect in self.defects):
            return State.REFUSED
        return State.DUPLICATE if self.is_copy else State.ACCEPTED


@dataclass(frozen=True, slots=True)
class Examination:
    """found = accepted + duplicates + refused, always."""

    verdicts: Sequence[Verdict]
    notes: Sequence[Defect] = ()  # on the file as a whole

    def count(self, state: State) -> int:
        return sum(verdict.state == state for verdict in self.verdicts)

    def accepted(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.state == State.ACCEPTED]

    def problems(self) -> list[tuple[str, Defect]]:
        """(where, defect) in reading order; what is the same for many questions is said once, at the end."""
        said = [(verdict.where, defect) for verdict in self.verdicts for defect in verdict.defects]
        return said + [(WHOLE_FILE, note) for note in self.notes] + _unexplained(self.accepted())


def _unexplained(accepted: Sequence[Verdict]) -> list[tuple[str, Defect]]:
    """How many accepted questions lack an explanation, which they need before they are asked."""
    counted: Counter[Problem] = Counter(
        problem
        for verdict in accepted
        for problem in content_problems(verdict.content)
        if problem.code == "explanation_missing"
    )
    return [
        (WHOLE_FILE, Defect(Level.WARNING, problem.code, f"有 {count} 道题{problem.message}"))
        for problem, count in counted.items()
    ]
