"""The law a question rests on, in the editor: one click confirms what its words name."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.pages import back_with, posted_row
from accounts.roles import Role
from catalog.models import Instrument
from question_bank.models import Question
from question_bank.questions.citing import cite, uncite
from question_bank.questions.suggesting import reject, suggestions_of


def citation_context(question: Question) -> dict:
    return {
        "question": question,
        "citations": question.citations.select_related("instrument"),
        "suggested": suggestions_of(question),
        "instruments": Instrument.objects.all(),
    }


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    question = _own(request, pk)
    instrument = posted_row(Instrument.objects.all(), request, "instrument")
    cite(question, instrument=instrument, article=request.POST.get("article", ""), by=request.user)
    return _shown(request, question)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    question = _own(request, pk)
    uncite(posted_row(question.citations.all(), request, "citation"), by=request.user)
    return _shown(request, question)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The words do not mean that the question rests on it; they are not suggested again."""
    question = _own(request, pk)
    reject(posted_row(question.suggestions.all(), request, "suggestion"), by=request.user)
    return _shown(request, question)


def _own(request: HttpRequest, pk: int) -> Question:
    """The question, for an author of its institution."""
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    if not (request.user.has_role(Role.AUTHOR) and question.institution_id == request.user.institution_id):
        raise PermissionDenied("只有本机构的课程作者可以改题目的法规依据。")
    return question


def _shown(request: HttpRequest, question: Question) -> HttpResponse:
    """The list alone when htmx asked, so that what is typed above it stays."""
    if request.htmx:
        return render(request, "question_bank/citations.html", citation_context(question))
    return back_with(request, f"{reverse('question:edit', args=[question.pk])}#citations")
