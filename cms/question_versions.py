"""The words a question had before its newest: they are asked until the newest begin."""

from collections import defaultdict
from collections.abc import Iterable

from question_bank.models import Question, QuestionVersion


def earlier_versions(questions: Iterable[Question]) -> dict[int, list[QuestionVersion]]:
    """For each question whose words begin on a day: what it said before, newest first, one query.

    Back to the words without a first day, which held from the beginning.
    """
    dated = {question.pk: question for question in questions if question.valid_from}
    found: dict[int, list[QuestionVersion]] = defaultdict(list)
    rows = QuestionVersion.objects.filter(question__in=dated).order_by("question", "-number")
    for version in rows if dated else ():
        kept = found[version.question_id]
        needs_more = not kept or kept[-1].valid_from
        if version.number < dated[version.question_id].version and needs_more:
            kept.append(version)
    return found
