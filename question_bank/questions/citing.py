"""The law a question rests on, confirmed by a person; `suggesting` finds what its words name."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from catalog.models import Instrument, SuggestionState
from catalog.suggesting import decide, reopen
from question_bank.models import Question, QuestionCitation


@transaction.atomic
def cite(question: Question, *, instrument: Instrument, article: str, by: User) -> QuestionCitation:
    """Record that the question rests on the instrument; twice is once."""
    article = " ".join(article.split())[: QuestionCitation._meta.get_field("article").max_length]
    citation, is_new = QuestionCitation.objects.get_or_create(
        question=question, instrument=instrument, article=article, defaults={"created_by": by}
    )
    for suggestion in question.suggestions.waiting().filter(instrument=instrument, article=article):
        decide(suggestion, SuggestionState.CONFIRMED, by=by)
    if is_new:
        log(instance=question, action="question_bank.cite", user=by, data={"citation": str(citation)})
    return citation


@transaction.atomic
def uncite(citation: QuestionCitation, *, by: User) -> None:
    """Take a citation off; what the words name waits for a decision again."""
    confirmed = citation.question.suggestions.filter(state=SuggestionState.CONFIRMED)
    reopen(confirmed.filter(instrument=citation.instrument_id, article=citation.article))
    log(instance=citation.question, action="question_bank.uncite", user=by, data={"citation": str(citation)})
    citation.delete()
