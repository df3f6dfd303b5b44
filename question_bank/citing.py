"""The law a question rests on: suggested from its words, confirmed by a person."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from catalog.models import Instrument
from catalog.naming import Named, instruments_named
from question_bank.models import Question, QuestionCitation


def suggested_citations(question: Question) -> list[Named]:
    """What its words name and nobody has confirmed yet."""
    text = "\n".join([question.stem, *question.options, question.explanation])
    confirmed = set(question.citations.values_list("instrument", "article"))
    return [
        named for named in instruments_named(text) if (named.instrument.pk, named.article) not in confirmed
    ]


@transaction.atomic
def cite(question: Question, *, instrument: Instrument, article: str, by: User) -> QuestionCitation:
    """Record that the question rests on the instrument; twice is once."""
    article = " ".join(article.split())[: QuestionCitation._meta.get_field("article").max_length]
    citation, is_new = QuestionCitation.objects.get_or_create(
        question=question, instrument=instrument, article=article, defaults={"created_by": by}
    )
    if is_new:
        log(instance=question, action="question_bank.cite", user=by, data={"citation": str(citation)})
    return citation


@transaction.atomic
def uncite(citation: QuestionCitation, *, by: User) -> None:
    log(instance=citation.question, action="question_bank.uncite", user=by, data={"citation": str(citation)})
    citation.delete()
