"""What the outline in force asks of drafts, and which of its points their questions cover."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from catalog.models import TrainingOutline
from cms.review.judged import OutlineFacts
from question_bank.models import Question


def outlines_on(day: date, items: Iterable[str]) -> dict[tuple[str, str], OutlineFacts]:
    """The outline in force for each (item, kind) that has one: two queries."""
    outlines = TrainingOutline.objects.in_force_on(day).filter(item__in=set(items))
    return {(row.item_id, row.kind): _facts(row) for row in outlines.prefetch_related("points")}


def points_of_questions(questions: Iterable[int]) -> dict[int, set[str]]:
    """The names of the knowledge points of each question: one query."""
    found = defaultdict(set)
    through = Question.knowledge_points.through.objects.filter(question__in=set(questions))
    for question, name in through.values_list("question", "knowledgepoint__name"):
        found[question].add(name)
    return found


def _facts(row: TrainingOutline) -> OutlineFacts:
    return OutlineFacts(
        version=row.version,
        hours=float(row.hours),
        points=tuple(point.name for point in row.points.all()),
    )
