"""Which questions of a file are accepted, which are copies, which are refused and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from question_bank.content import Content
from question_bank.entry import read_names, show_answer
from question_bank.importing.folding import tidy
from question_bank.importing.identity import Body, body_of, key_of
from question_bank.importing.normalising import Normaliser
from question_bank.importing.raw import WHOLE_FILE, Defect, Level, RawQuestion
from question_bank.importing.types import OTHER, read_type
from question_bank.rules import Problem, content_problems, draft_problems

_FOLLOWS = {  # what need not be said beside its cause
    "option_letters": ("option_empty", "option_repeated", "answer_unknown"),
    **dict.fromkeys(("answer_unreadable", "answer_ambiguous", "answer_conflict"), ("answer_empty",)),
    "file_missing": ("stem_empty", "options_too_few", "answer_empty"),
}


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
    is_copy: bool = False

    @property
    def state(self) -> State:
        if any(defect.level == Level.ERROR for defect in self.defects):
            return State.REFUSED
        return State.DUPLICATE if self.is_copy else State.ACCEPTED


@dataclass(frozen=True, slots=True)
class Examination:
    """found = accepted + duplicates + refused, always."""

    verdicts: Sequence[Verdict]

    def count(self, state: State) -> int:
        return sum(verdict.state == state for verdict in self.verdicts)

    def accepted(self) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.state == State.ACCEPTED]

    def problems(self) -> list[tuple[str, Defect]]:
        """(where, defect) in reading order; what is the same for many questions is said once, at the end."""
        said = [(verdict.where, defect) for verdict in self.verdicts for defect in verdict.defects]
        return said + _unexplained(self.accepted())


def examine(questions: Sequence[RawQuestion], *, bank: Iterable[tuple[str, Content]] = ()) -> Examination:
    """Judge all questions of one file; `bank` are the questions that stand, each with its name for people."""
    normaliser = Normaliser(questions)
    verdicts = [_verdict(raw, normaliser) for raw in questions]
    sound = [verdict for verdict in verdicts if verdict.state == State.ACCEPTED]
    groups: dict[Body, list[Verdict]] = defaultdict(list)
    for verdict in sound:
        groups[body_of(verdict.content)].append(verdict)
    standing = _standing(bank, groups)
    for body, copies in groups.items():
        _compare(copies, standing.get(body, []))
    return Examination(verdicts)


def _verdict(raw: RawQuestion, normaliser: Normaliser) -> Verdict:
    normal = normaliser.normalise(raw)
    return Verdict(
        where=raw.where,
        number=raw.number,
        section=tidy(raw.section),
        content=normal.content.tidied(),
        knowledge_points=read_names(raw.knowledge_points),
        defects=[*normal.defects, *_rule_defects(raw, normal.content, normal.defects)],
    )


def _rule_defects(raw: RawQuestion, content: Content, known: Sequence[Defect]) -> list[Defect]:
    """What the bank's own rules say, but for what follows from a defect that is known already."""
    if read_type(raw.type) == OTHER:
        message = f"题型“{raw.type}”不能导入，只收判断题、单选题和多选题；请改写或删去。"
        return [Defect(Level.ERROR, "type_unknown", message)]
    known_codes = {defect.code for defect in known if defect.level == Level.ERROR}
    explained = {code for cause, codes in _FOLLOWS.items() if cause in known_codes for code in codes}
    fatal = draft_problems(content)
    return [
        Defect(Level.ERROR if problem in fatal else Level.WARNING, problem.code, problem.message)
        for problem in content_problems(content)
        if problem.code not in {"explanation_missing", *explained}
    ]


def _standing(
    bank: Iterable[tuple[str, Content]], groups: dict[Body, list[Verdict]]
) -> dict[Body, list[tuple[str, Content]]]:
    standing: dict[Body, list[tuple[str, Content]]] = defaultdict(list)
    for name, content in bank:
        if (body := body_of(content)) in groups:
            standing[body].append((name, content))
    return standing


def _compare(copies: list[Verdict], standing: list[tuple[str, Content]]) -> None:
    """Copies with one key: the first is kept. With several keys: none is, for one of them is wrong."""
    named = standing + [(copy.where, copy.content) for copy in copies]
    if len({key_of(content) for _, content in named}) > 1:
        for copy in copies:
            name, other = next(pair for pair in named if key_of(pair[1]) != key_of(copy.content))
            found = f"这里是 {show_answer(copy.content.answer)}，那里是 {show_answer(other.answer)}"
            message = f"与{name}题干、选项相同，答案却不同（{found}）；请核对后再导入。"
            copy.defects.append(Defect(Level.ERROR, "contradiction", message))
        return
    for copy in copies if standing else copies[1:]:
        copy.is_copy = True
        copy.defects.append(Defect(Level.WARNING, "duplicate", f"与{named[0][0]}相同，没有重复导入。"))


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
