"""The figures of questions, written anew from all responses."""

from django.db import transaction

from question_bank.models import QuestionFigures, Response
from question_bank.responses.statistics import figures

BATCH = 1000


@transaction.atomic
def reckon() -> int:
    """Write the figures of every version anew from all responses; returns how many versions have some."""
    rows = list(
        Response.objects.values_list("source", "attempt", "question", "number", "right").iterator(5000)
    )
    attempts = {key: place for place, key in enumerate({(source, attempt) for source, attempt, *_ in rows})}
    versions = list({(question, number) for _, _, question, number, _ in rows})
    places = {version: place for place, version in enumerate(versions)}
    reckoned = figures(
        [attempts[source, attempt] for source, attempt, *_ in rows],
        [places[question, number] for _, _, question, number, _ in rows],
        [right for *_, right in rows],
    )
    QuestionFigures.objects.all().delete()
    QuestionFigures.objects.bulk_create(
        (
            QuestionFigures(
                question_id=versions[place][0],
                number=versions[place][1],
                responses=each.responses,
                right=each.right,
                discrimination=each.discrimination,
                flag=each.flag or "",
            )
            for place, each in reckoned.items()
        ),
        batch_size=BATCH,
    )
    return len(reckoned)


def reckon_when_new() -> None:
    """Reckon when responses came in after the last time."""
    newest = Response.objects.order_by("-pk").values_list("created_at", flat=True).first()
    last = QuestionFigures.objects.order_by("-reckoned_at").values_list("reckoned_at", flat=True).first()
    if newest and (last is None or last < newest):
        reckon()
