"""The laws and standards that the words of questions name, kept as suggestions for a person to decide."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import F, Q

from catalog.citations.places import found_in
from catalog.models import SuggestionState
from catalog.register.standing import StandingRegister, standing_register
from catalog.suggesting import BATCH, decide, keep
from question_bank.models import Question, QuestionScan, QuestionSuggestion

KEY = ("question_id", "instrument_id", "article", "words")


def sweep_questions(limit: int = 5000) -> int:
    """Search what is new or changed, all when the register did; returns how many. Safe to repeat."""
    register = standing_register()
    same = Q(scan__version=F("version"), scan__register=register.stamp)
    stale = list(Question.objects.not_retired().exclude(same).order_by("pk")[:limit])
    for at in range(0, len(stale), BATCH):
        search_questions(stale[at : at + BATCH], register)
    return len(stale)


@transaction.atomic
def search_questions(questions: Sequence[Question], register: StandingRegister) -> None:
    """A fixed number of statements for all `questions`."""
    standing = list(QuestionSuggestion.objects.filter(question__in=[question.pk for question in questions]))
    keep(standing, (row for question in questions for row in _found(question, register)), *KEY)
    scans = [
        QuestionScan(question=question, version=question.version, register=register.stamp)
        for question in questions
    ]
    QuestionScan.objects.bulk_create(
        scans, update_conflicts=True, unique_fields=["question"], update_fields=["version", "register"]
    )


def suggestions_of(question: Question) -> list[QuestionSuggestion]:
    """What its words name and nobody has decided or confirmed yet; searched now when that is overdue."""
    register = standing_register()
    scan = QuestionScan.objects.filter(question=question).first()
    if scan is None or (scan.version, scan.register) != (question.version, register.stamp):
        search_questions([question], register)
    confirmed = set(question.citations.values_list("instrument", "article"))
    waiting = question.suggestions.waiting().filter(is_present=True).select_related("instrument")
    return [row for row in waiting if (row.instrument_id, row.article) not in confirmed]


def reject(suggestion: QuestionSuggestion, *, by: object) -> None:
    """It does not rest on it; the same words are not suggested for this question again."""
    decide(suggestion, SuggestionState.REJECTED, by=by)


def texts_of(question: Question) -> Iterator[tuple[str, str]]:
    """(place, text) of everything a question says."""
    yield "题干", question.stem
    for letter, option in question.lettered:
        yield f"选项 {letter}", option
    yield "解析", question.explanation


def _found(question: Question, register: StandingRegister) -> Iterable[QuestionSuggestion]:
    for place, text in texts_of(question):
        for found in found_in(text, register.register):
            yield QuestionSuggestion(
                question=question,
                instrument_id=found.match.instrument,
                version_id=found.match.version,
                article=found.article,
                place=place,
                words=found.words,
                context=found.context,
            )
