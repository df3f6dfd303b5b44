"""Questions of the database as the exporters take them."""

from django.db.models import QuerySet

from question_bank.exporting.entry import Entry
from question_bank.images import read_image
from question_bank.models import Question


def entries_of(questions: QuerySet[Question]) -> list[Entry]:
    """Each question as it stands, with points and pictures; FileNotFoundError when one of these is lost."""
    return [_entry(question) for question in questions.prefetch_related("knowledge_points")]


def _entry(question: Question) -> Entry:
    points = tuple(point.name for point in question.knowledge_points.all())
    pictures = tuple(map(read_image, question.images))
    return Entry(question.content, points, pictures, (question.pk, question.version))
