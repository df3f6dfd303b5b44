"""Pairs of a bank that are alike or contradict each other: found, listed, and judged by a person."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from catalog.models import OperationItem
from question_bank.likeness.duplicates import Pair, contradict, find_pairs
from question_bank.models import PairState, Question, QuestionPair, QuestionState
from question_bank.questions.acts import retire_question
from question_bank.questions.bulk import BATCH
from question_bank.questions.standing import standing_questions

_HAN = re.compile("[\u4e00-\u9fff]+")
MOST_WORDS = 5  # of a stem, the longest: enough to leave few questions to compare
AT_ONCE = 3_000  # questions compared while the person waits; more by a worker


def pairs_visible_to(user: User) -> QuerySet[QuestionPair]:
    """Open pairs of questions that both are in use and may be seen."""
    seen = Question.objects.visible_to(user).not_retired().values("pk")
    return QuestionPair.objects.filter(state=PairState.OPEN, first__in=seen, second__in=seen)


def find(item_id: str, institution_id: int) -> int:
    """Compare a bank anew; pairs a person judged stay judged until one of the two is changed."""
    item = OperationItem.objects.get(pk=item_id)
    institution = Question.institution.field.related_model.objects.get(pk=institution_id)
    standing = standing_questions(item=item, institution=institution)
    found = find_pairs((one.question, one.content) for one in standing)
    return _keep(found, Question.objects.filter(item=item, institution=institution))


def contradictions_of(question: Question) -> list[Question]:
    """Questions of the same bank with the same stem and another key, but those a person found right.

    The database looks for the Chinese words of the stem, so that it costs little while one writes; stems that
    are set otherwise, as with spaces between the words, are found by `find` alone.
    """
    if question.state == QuestionState.RETIRED:
        return []
    bank = Question.objects.filter(item=question.item_id, institution=question.institution_id)
    alike = bank.not_retired().exclude(pk__in=[question.pk, *_both_right_with(question)])
    for words in sorted(_HAN.findall(question.stem), key=len)[-MOST_WORDS:] or [question.stem]:
        alike = alike.filter(stem__contains=words)
    return [other for other in alike if contradict(question.content, other.content)]


def _both_right_with(question: Question) -> list[int]:
    judged = QuestionPair.objects.filter(Q(first=question) | Q(second=question), state=PairState.BOTH_RIGHT)
    return [pk for pair in judged.values_list("first", "second") for pk in pair]


@transaction.atomic
def _keep(found: list[Pair], questions: QuerySet[Question]) -> int:
    versions = dict(questions.values_list("pk", "version"))
    listed = {
        (pair.first_id, pair.second_id): pair for pair in QuestionPair.objects.filter(first__in=questions)
    }
    rows = [_row(pair, versions) for pair in found]
    stands = {(row.first_id, row.second_id): row.versions for row in rows}
    outdated = [pair.pk for key, pair in listed.items() if stands.get(key) != pair.versions]
    for begin in range(0, len(outdated), BATCH):
        QuestionPair.objects.filter(pk__in=outdated[begin : begin + BATCH]).delete()
    QuestionPair.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _row(pair: Pair, versions: dict[int, int]) -> QuestionPair:
    return QuestionPair(
        first_id=pair.first,
        second_id=pair.second,
        kind=pair.kind,
        score=pair.score,
        versions=f"{versions[pair.first]}/{versions[pair.second]}",
    )


@transaction.atomic
def both_right(pair: QuestionPair, *, by: User, now: datetime) -> None:
    """Two questions that may stand beside each other; not shown again until one is changed."""
    _judge(pair, PairState.BOTH_RIGHT, by, now)


@transaction.atomic
def retire_one(pair: QuestionPair, question: Question, *, by: User, now: datetime) -> None:
    """Take one of the two out of use; the other stays."""
    retire_question(question, by=by)
    _judge(pair, PairState.RETIRED, by, now)


def _judge(pair: QuestionPair, state: PairState, by: User, now: datetime) -> None:
    QuestionPair.objects.filter(pk=pair.pk).update(state=state, judged_by=by, judged_at=now)
