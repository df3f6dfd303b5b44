"""Verdicts of an import as rows, and rows as questions again."""

from collections.abc import Iterable
from dataclasses import asdict

from question_bank.content import Content
from question_bank.importing.origin import read_origin
from question_bank.importing.raw import Defect, Level
from question_bank.importing.verdicts import State, Verdict
from question_bank.models import ImportBatch, ImportRow, Outcome

_SILENT = {"duplicate", "updated"}  # shown by the outcome itself


def outcome_of(verdict: Verdict, *, confirmed: bool = False) -> Outcome:
    """What becomes of a question; `confirmed` by a person it is doubtful no more."""
    if verdict.state == State.REFUSED:
        return Outcome.REFUSED
    if verdict.state == State.DUPLICATE:
        return Outcome.DUPLICATE
    doubts = [defect for defect in verdict.defects if defect.code not in _SILENT]
    if doubts and not confirmed:
        return Outcome.DOUBTFUL
    return Outcome.UPDATE if verdict.renews else Outcome.FINE


def row_of(batch: ImportBatch, position: int, verdict: Verdict) -> ImportRow:
    row = ImportRow(
        batch_id=batch.pk,
        position=position,
        where=verdict.where[:200],
        number=verdict.number[:50],
        section=verdict.section[:300],
        entry_type=str(verdict.content.type)[:20],
        source=verdict.source,
        origin=str(verdict.origin or ""),
        print=verdict.print,
        knowledge_points=list(verdict.knowledge_points),
    )
    fill(row, verdict)
    return row


def fill(row: ImportRow, verdict: Verdict, *, confirmed: bool = False) -> None:
    """Let the row say what the verdict says."""
    row.content = verdict.content
    row.type = row.type[:20]
    row.defects = [{**asdict(defect), "level": str(defect.level)} for defect in verdict.defects]
    row.codes = _codes(verdict.defects)
    row.outcome = outcome_of(verdict, confirmed=confirmed)
    row.question_id = verdict.question


def verdict_of(row: ImportRow, content: Content | None = None, defects: Iterable[Defect] = ()) -> Verdict:
    """The row as it can be judged again, without what was said before."""
    return Verdict(
        where=row.where,
        number=row.number,
        section=row.section,
        content=content or row.content,
        knowledge_points=tuple(row.knowledge_points),
        defects=list(defects),
        source=row.source,
        origin=read_origin(row.origin),
    )


def errors_of(row: ImportRow) -> list[str]:
    """The sentences of what keeps a row from being accepted."""
    return [defect["message"] for defect in row.defects if defect["level"] == Level.ERROR]


def _codes(defects: Iterable[Defect]) -> str:
    codes = "|".join(dict.fromkeys(defect.code for defect in defects))
    return f"|{codes}|"[:300] if codes else ""
