"""Which questions of a file are accepted, which are copies, which are refused and why."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from question_bank.content import Content
from question_bank.entry import read_names
from question_bank.importing.against_bank import compare
from question_bank.importing.hints import Hints
from question_bank.importing.normalising import Normaliser
from question_bank.importing.origin import read_origin
from question_bank.importing.raw import Defect, Level, RawQuestion, Reading
from question_bank.importing.types import OTHER, read_type
from question_bank.importing.updating import Standing
from question_bank.importing.verdicts import Examination, Verdict
from question_bank.likeness.folding import tidy
from question_bank.rules import can_wait, content_problems

_TELL_EVERY = 500  # questions
_FOLLOWS = {  # what need not be said beside its cause
    "option_letters": ("option_empty", "option_repeated", "answer_unknown"),
    **dict.fromkeys(("answer_unreadable", "answer_ambiguous", "answer_conflict"), ("answer_empty",)),
    "file_missing": ("stem_empty", "options_too_few", "answer_empty"),
}


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
