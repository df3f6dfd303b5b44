"""What was accepted is written into the bank, once: one transaction that only one of two clicks can win."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from accounts.models import User
from question_bank.importing.against_bank import compare
from question_bank.importing.verdicts import State, Verdict
from question_bank.intake.receiving import ImportRefused
from question_bank.intake.rows import fill, verdict_of
from question_bank.models import ACCEPTED, BatchState, ImportBatch, ImportRow, Outcome
from question_bank.questions.acts import renew_question
from question_bank.questions.bulk import BATCH, Draft, create_drafts
from question_bank.questions.standing import standing_beside


def save(batch: ImportBatch, *, by: User, now: datetime) -> bool:
    """Write all that was accepted into the bank, once; False when it was saved before.

    Raises ImportRefused while doubts are open, or when the bank was changed meanwhile so that one of the keys
    must be wrong: those questions are refused, shown again, and nothing is saved.
    """
    with transaction.atomic():
        _wait_for_others(batch)
        clashes = _look_again(batch)
        if not clashes:
            return _write(batch, by=by, now=now)
    raise ImportRefused(
        f"核对期间题库有了变化：有 {clashes} 道题与题库里的题答案相反，已列入“不收”，请处理后再保存。"
    )


def _wait_for_others(batch: ImportBatch) -> None:
    """Of two imports into one bank, the second is compared with what the first wrote."""
    beside = ImportBatch.objects.filter(item=batch.item, institution=batch.institution)
    list(beside.filter(state=BatchState.REVIEW).select_for_update().order_by("pk").values_list("pk"))


def _look_again(batch: ImportBatch) -> int:
    """Compare once more with the bank as it stands; returns how many questions contradict it now."""
    standing = ImportBatch.objects.get(pk=batch.pk)
    if standing.state != BatchState.REVIEW:
        return 0
    rows = standing.rows.filter(outcome__in=ACCEPTED).iterator(2000)
    judged = [(row.pk, row.question_id, verdict_of(row)) for row in rows]
    compare([verdict for _, _, verdict in judged], standing_beside(standing))
    changed = {pk: verdict for pk, question, verdict in judged if _differs(question, verdict)}
    for row in _some_at_a_time(list(changed)):
        verdict = changed[row.pk]
        fill(row, verdict, confirmed=row.outcome != Outcome.DOUBTFUL)
        row.save(update_fields=["defects", "codes", "outcome", "question"])
    return sum(verdict.state == State.REFUSED for verdict in changed.values())


def _differs(question: int | None, verdict: Verdict) -> bool:
    return verdict.state != State.ACCEPTED or verdict.question != question


def _some_at_a_time(keys: Sequence[int]) -> Iterator[ImportRow]:
    """The rows in this order: a batch may have more than memory should."""
    for some in batched(keys, BATCH):
        found = ImportRow.objects.in_bulk(some)
        yield from (found[key] for key in some)


def _write(batch: ImportBatch, *, by: User, now: datetime) -> bool:
    won = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.REVIEW)
    if batch.rows.filter(outcome=Outcome.DOUBTFUL).exists() and won.exists():
        left = batch.rows.filter(outcome=Outcome.DOUBTFUL).count()
        raise ImportRefused(f"还有 {left} 道存疑的题没有决定；请逐题看过，或点“其余存疑的都不收”。")
    if not won.update(state=BatchState.SAVED, saved_at=now):
        return False
    accepted = batch.rows.filter(outcome__in=ACCEPTED).order_by("position")
    renewing = list(accepted.filter(outcome=Outcome.UPDATE).values_list("pk", flat=True))
    if fresh := list(accepted.filter(question=None).values_list("pk", flat=True)):
        _create(batch, fresh, by)
    for row in _some_at_a_time(renewing):
        renew_question(row.question, content=row.content, by=by)
    return True


def _create(batch: ImportBatch, rows: Sequence[int], by: User) -> None:
    drafts = (Draft(row.content, tuple(row.knowledge_points)) for row in _some_at_a_time(rows))
    questions = create_drafts(
        item=batch.item, institution=batch.institution, drafts=drafts, source=batch.name, by=by
    )
    _link(zip(questions, rows, strict=True))


def _link(pairs: Iterable[tuple[int, int]]) -> None:
    """Let each row remember its question; one statement for each would take Django longer than the rest."""
    table = ImportRow._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET question_id = %s WHERE id = %s", pairs)  # noqa: S608
