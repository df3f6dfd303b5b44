"""Which questions of a file are accepted, which are copies, which are refused and why."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from question_bank.content import Content
from question_bank.entry import read_names, show_answer
from question_bank.importing.hints import Hints
from question_bank.importing.normalising import Normaliser
from question_bank.importing.origin import Origin, follow_numbers, read_origin
from question_bank.importing.raw import WHOLE_FILE, Defect, Level, RawQuestion, Reading
from question_bank.importing.types import OTHER, read_type
from question_bank.importing.updating import Entry, Standing, by_entry, changes, print_of, said_of, same_entry
from question_bank.likeness.folding import tidy
from question_bank.likeness.identity import Body, body_of, key_of
from question_bank.rules import Problem, can_wait, content_problems

_TELL_EVERY = 500  # questions
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


def examine(
    reading: Reading,
    *,
    bank: Iterable[Standing] = (),
    hints: Hints | None = None,
    tell: Callable[[], None] = lambda: None,
) -> Examination:
    """Judge all questions of one file against `bank`, the questions that stand; `tell` hears of progress."""
    normaliser = Normaliser(reading.questions, hints, [name for name, _ in reading.pictures])
    verdicts = list(_verdicts(reading, normaliser, tell))
    compare(verdicts, bank)
    return Examination(verdicts, reading.notes)


def _verdicts(reading: Reading, normaliser: Normaliser, tell: Callable[[], None]) -> Iterator[Verdict]:
    for count, raw in enumerate(reading.questions, start=1):
        yield _verdict(raw, normaliser)
        if count % _TELL_EVERY == 0:
            tell()


def compare(verdicts: Sequence[Verdict], bank: Iterable[Standing]) -> None:
    """Say which of the verdicts without error are copies, contradict each other, or renew what stands."""
    sound = [verdict for verdict in verdicts if verdict.state == State.ACCEPTED]
    groups: dict[Body, list[Verdict]] = defaultdict(list)
    for verdict in sound:
        groups[body_of(verdict.content)].append(verdict)
    numbers = {verdict.origin.question for verdict in sound if verdict.origin}
    alike, own, numbered = _standing(bank, groups, numbers)
    followed = follow_numbers(sound, numbered)
    prints = {one.print: one for one in own}
    for body, copies in groups.items():
        _compare(copies, [one for one in alike.get(body, []) if one.question not in followed], prints)
    taken = {one.question for group in alike.values() for one in group} | followed
    _find_renewed([v for v in sound if v.state == State.ACCEPTED and v.question is None], taken, own)


def _verdict(raw: RawQuestion, normaliser: Normaliser) -> Verdict:
    normal = normaliser.normalise(raw)
    return Verdict(
        where=raw.where,
        number=raw.number,
        section=tidy(raw.section),
        content=normal.content.tidied(),
        source=raw.source,
        origin=read_origin(raw.origin),
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
    return [
        Defect(Level.WARNING if can_wait(problem, content) else Level.ERROR, problem.code, problem.message)
        for problem in content_problems(content)
        if problem.code not in {"explanation_missing", *explained}
    ]


def _standing(
    bank: Iterable[Standing], groups: dict[Body, list[Verdict]], numbers: set[int]
) -> tuple[dict[Body, list[Standing]], list[Standing], dict[int, Standing]]:
    """Of what stands: that with the words of a group, all that the same bank brought, that of `numbers`."""
    alike: dict[Body, list[Standing]] = defaultdict(list)
    own, numbered = [], {}
    for one in bank:
        if (body := body_of(one.content)) in groups:
            alike[body].append(one)
        if one.entry is not None:
            own.append(one)
        if one.question in numbers:
            numbered[one.question] = one
    return alike, own, numbered


def _compare(copies: list[Verdict], standing: list[Standing], prints: dict[str, Standing]) -> None:
    """Copies with one key: the first is kept. With several keys: none is, for one of them is wrong."""
    for copy in copies if prints else ():
        if unchanged := prints.get(copy.print):
            copy.copy(unchanged.name, unchanged.question)
    copies = sorted((copy for copy in copies if not copy.is_copy), key=lambda copy: not copy.renews)
    named = [(one.name, one.content) for one in standing] + [(copy.where, copy.content) for copy in copies]
    if len({key_of(content) for _, content in named}) > 1:
        if not _renewed(copies, standing):
            _contradict(copies, named)
        return
    if (
        standing
        and copies
        and standing[0].entry is not None
        and changes(standing[0].content, copies[0].content)
    ):
        copies[0].renew(standing[0])
        copies = copies[1:]
    for copy in copies if standing else copies[1:]:
        copy.copy(named[0][0], standing[0].question if standing else None)


def _renewed(copies: list[Verdict], standing: list[Standing]) -> bool:
    """Whether the bank that brought the only question with these words now gives another key."""
    if len(copies) != 1 or len(standing) != 1 or standing[0].entry is None:
        return False
    copies[0].renew(standing[0])
    return True


def _contradict(copies: list[Verdict], named: list[tuple[str, Content]]) -> None:
    for copy in copies:
        name, other = next(pair for pair in named if key_of(pair[1]) != key_of(copy.content))
        found = f"这里是 {_shown(copy.content)}，那里是 {_shown(other)}"
        message = f"与{name}题干、选项相同，答案却不同（{found}）；请核对后再导入。"
        copy.defects.append(Defect(Level.ERROR, "contradiction", message))


def _shown(content: Content) -> str:
    return show_answer(content.answer, content.type)


def _find_renewed(fresh: Sequence[Verdict], taken: Container[int | None], own: Sequence[Standing]) -> None:
    """Questions in other words at the place where the same bank had them."""
    if not own:
        return
    places = by_entry(own, taken)
    for verdict in fresh:
        if found := same_entry(verdict.entry, verdict.content, places):
            places[verdict.entry].remove(found)
            verdict.renew(found)


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
