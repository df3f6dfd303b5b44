"""The figures of questions, written anew from all responses."""

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum

from question_bank.models import QuestionFigures, Response
from question_bank.questions.bulk import BATCH

if TYPE_CHECKING:
    from question_bank.responses.statistics import Figures

_KEY = ["question", "number"]
_WRITTEN = ["responses", "right", "discrimination", "flag", "reckoned_at"]


@transaction.atomic
def reckon() -> int:
    """Write the figures of every version anew from all responses; returns how many versions have some."""
    rows = [
        QuestionFigures(
            question_id=question,
            number=number,
            responses=each.responses,
            right=each.right,
            discrimination=each.discrimination,
            flag=each.flag or "",
        )
        for (question, number), each in sorted(_reckoned())
    ]
    QuestionFigures.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=_KEY, update_fields=_WRITTEN
    )
    return len(rows)


def _reckoned() -> "Iterator[tuple[tuple[int, int], Figures]]":
    """Each version, as (question, number), with its figures. A response takes 17 bytes meanwhile."""
    from question_bank.responses.statistics import figures  # loads numpy, which no page needs

    attempts: dict[tuple[str, str], int] = {}
    versions: dict[tuple[int, int], int] = {}
    attempt_column, version_column, right_column = array("q"), array("q"), array("b")
    columns = Response.objects.values_list("source", "attempt", "question", "number", "right")
    for source, attempt, question, number, right in columns.iterator(5000):
        attempt_column.append(attempts.setdefault((source, attempt), len(attempts)))
        version_column.append(versions.setdefault((question, number), len(versions)))
        right_column.append(right)
    found = figures(attempt_column, version_column, right_column)
    return ((version, found[place]) for version, place in versions.items())


def reckon_when_new() -> None:
    """Reckon when the figures do not count every response, whenever it was sent and when it came in."""
    counted = QuestionFigures.objects.aggregate(all=Sum("responses"))["all"] or 0
    if counted != Response.objects.count():
        reckon()
