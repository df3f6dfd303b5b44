"""Very many drafts written at once, as an import brings them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction
from wagtail.log_actions import log

from accounts.models import Institution, User
from catalog.models import OperationItem
from question_bank.content import Content
from question_bank.models import Question, QuestionVersion
from question_bank.questions.acts import InvalidQuestion, points_named
from question_bank.rules import draft_problems

BATCH = 500  # rows a statement


@dataclass(frozen=True, slots=True)
class Draft:
    """A question to be written; knowledge points are given by name."""

    content: Content
    knowledge_points: tuple[str, ...] = ()


@transaction.atomic
def create_drafts(
    *, item: OperationItem, institution: Institution, drafts: Iterable[Draft], source: str, by: User
) -> list[int]:
    """Write many drafts and their first versions, all or none: their ids, in the same order.

    One log entry, on the item, names `source`. A draft may lack what `draft_problems` lets wait. Raises
    InvalidQuestion. Wagtail's reference index is not told, as that costs three queries a question.
    """
    written: list[int] = []
    for some in batched(drafts, BATCH):
        questions = [_draft(draft.content, item, institution, by) for draft in some]
        Question.objects.bulk_create(questions)
        _keep_first_versions(questions)
        _assign_points(item, questions, some)
        written += [question.pk for question in questions]
    data = {"file": source, "questions": len(written)}
    log(instance=item, action="question_bank.import", user=by, data=data)
    return written


def _draft(content: Content, item: OperationItem, institution: Institution, by: User) -> Question:
    content = content.tidied()
    if problems := draft_problems(content):
        raise InvalidQuestion(problems)
    question = Question(item_id=item.pk, institution_id=institution.pk, created_by_id=by.pk)
    question.content = content
    return question


def _assign_points(item: OperationItem, questions: list[Question], drafts: Sequence[Draft]) -> None:
    names = dict.fromkeys(name for draft in drafts for name in draft.knowledge_points)
    points = {point.name: point for point in points_named(item, names)}
    through = Question.knowledge_points.through
    links = [
        through(question=question, knowledgepoint=points[name])
        for question, draft in zip(questions, drafts, strict=True)
        for name in draft.knowledge_points
    ]
    through.objects.bulk_create(links)


def _keep_first_versions(questions: Sequence[Question]) -> None:
    """Let the database copy the words of new questions: half the time of making a version of each here."""
    said = [Question._meta.get_field(name).column for name in Content.__dataclass_fields__]
    same = ", ".join(map(connection.ops.quote_name, [*said, "created_by_id", "created_at"]))
    asked = ", ".join(["%s"] * len(questions))
    statement = (
        f"INSERT INTO {QuestionVersion._meta.db_table} (question_id, number, {same}) "  # noqa: S608 - own names
        f"SELECT id, version, {same} FROM {Question._meta.db_table} WHERE id IN ({asked})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [question.pk for question in questions])
