"""Acts of a person who looks a batch through: look at, accept, refuse, fix, leave the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from django.db import transaction
from django.db.models import Count, QuerySet

from accounts.models import User
from question_bank.content import Content
from question_bank.importing.against_bank import compare
from question_bank.importing.raw import Defect, Level
from question_bank.importing.updating import Standing
from question_bank.intake.receiving import ImportRefused
from question_bank.intake.rows import errors_of, fill, verdict_of
from question_bank.models import ACCEPTED, BatchState, ImportBatch, ImportRow, Outcome, Question
from question_bank.questions.standing import standing_beside
from question_bank.rules import draft_problems


def counts(batch: ImportBatch) -> dict[str, int]:
    """found = accepted + duplicates + refused; accepted = fine + update + doubtful."""
    grouped = dict(batch.rows.order_by().values_list("outcome").annotate(Count("pk")))
    named = {outcome.name.lower(): grouped.get(outcome, 0) for outcome in Outcome}
    return {
        "found": sum(named.values()),
        "accepted": sum(named[outcome.name.lower()] for outcome in ACCEPTED),
        **named,
    }


def doubts(batch: ImportBatch) -> list[tuple[str, int]]:
    """Each code of a doubt with the number of questions it is said of, the most frequent first."""
    said = batch.rows.exclude(codes="").order_by().values_list("codes", flat=True)
    return Counter(code for codes in said for code in codes.strip("|").split("|")).most_common()


@transaction.atomic
def accept(row: ImportRow, *, by: User) -> None:
    """Confirm a question that `by` looked at; raises ImportRefused for an error or a copy."""
    row = _open(row)
    if errors := errors_of(row):
        raise ImportRefused(f"这道题还不能收：{errors[0]}请先修改。")
    if row.outcome == Outcome.DUPLICATE:
        raise ImportRefused("这道题与已有的题相同，不会重复收；要当作另一道题，请先修改题干或选项。")
    row.outcome = Outcome.UPDATE if row.question_id else Outcome.FINE
    _decide(row, by)


@transaction.atomic
def refuse(row: ImportRow, *, by: User) -> None:
    row = _open(row)
    row.outcome = Outcome.REFUSED
    _decide(row, by)


def _decide(row: ImportRow, by: User) -> None:
    row.decided, row.decided_by = True, by
    row.save(update_fields=["outcome", "decided", "decided_by"])


@transaction.atomic
def accept_rest(batch: ImportBatch) -> int:
    """Confirm all that is still doubtful, as the command line does; returns how many."""
    return _confirm(_standing(batch).rows.filter(outcome=Outcome.DOUBTFUL), {"decided": True})


@transaction.atomic
def accept_looked_at(batch: ImportBatch, rows: Iterable[int], *, by: User) -> int:
    """Confirm the doubtful of `rows` (ids) that have no error: `by` looked at each; returns how many."""
    shown = _standing(batch).rows.filter(pk__in=list(rows), outcome=Outcome.DOUBTFUL)
    sound = [row.pk for row in shown if not errors_of(row)]
    return _confirm(batch.rows.filter(pk__in=sound), {"decided": True, "decided_by": by})


def _confirm(rows: QuerySet[ImportRow], said: dict[str, object]) -> int:
    renewing = rows.filter(question__isnull=False).update(outcome=Outcome.UPDATE, **said)
    return renewing + rows.filter(question=None).update(outcome=Outcome.FINE, **said)


@transaction.atomic
def leave_doubtful(batch: ImportBatch, *, by: User) -> int:
    """Refuse what is doubtful and was not looked at, so that the rest can be saved; returns how many."""
    rest = _standing(batch).rows.filter(outcome=Outcome.DOUBTFUL)
    return rest.update(outcome=Outcome.REFUSED, decided=True, decided_by=by)


@transaction.atomic
def fix(row: ImportRow, content: Content, *, by: User) -> ImportRow:
    """Put a question right and judge it anew, against the batch and the bank."""
    row = _open(row)
    content = content.tidied()
    defects = [Defect(Level.ERROR, problem.code, problem.message) for problem in draft_problems(content)]
    verdict = verdict_of(row, content, defects)
    compare([verdict], chain(_others(row), standing_beside(row.batch)))
    fill(row, verdict, confirmed=True)
    row.decided = row.edited = True
    row.decided_by = by
    row.save()
    return row


def _others(row: ImportRow) -> list[Standing]:
    """What else the batch brings, with which a corrected question must not agree or disagree."""
    others = row.batch.rows.filter(outcome__in=ACCEPTED).exclude(pk=row.pk)
    return [Standing(other.where, other.content) for other in others.iterator(2000)]


def _open(row: ImportRow) -> ImportRow:
    """The row under its batch's lock; raises ImportRefused when that was saved or given up."""
    _standing(row.batch)
    return ImportRow.objects.select_related("batch__item", "batch__institution").get(pk=row.pk)


def _standing(batch: ImportBatch) -> ImportBatch:
    standing = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if standing.state != BatchState.REVIEW:
        raise ImportRefused(f"这次导入现在是“{standing.get_state_display()}”，不能再改。")
    return standing


def question_names(rows: Sequence[ImportRow]) -> dict[int, Question]:
    """The questions of the bank that these rows copy or renew, in one query."""
    wanted = [row.question_id for row in rows if row.question_id]
    return Question.objects.in_bulk(wanted)
