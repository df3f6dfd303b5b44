"""Judging questions one after the other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.pages import AdminPage, back_with
from accounts.roles import Role
from question_bank.models import Question, QuestionState
from question_bank.questions.pairing import contradictions_of
from question_bank.questions.reviewing import (
    ReviewRefused,
    approve_question,
    send_question_back,
    why_not_reviewer,
)
from question_bank.rules import content_problems
from question_bank.views.images import image_urls


def waiting_for(request: HttpRequest) -> Any:
    """Questions this person may judge, longest waiting first; none that its author has to mend first."""
    mine = Question.objects.reviewable_by(request.user).filter(review_note="").exclude(explanation="")
    return mine.order_by("updated_at", "pk")


def next_question(request: HttpRequest) -> HttpResponse:
    """The question to judge next, after the one that was skipped; or the page that says there is none."""
    waiting = waiting_for(request)
    after = Question.objects.filter(pk=request.GET.get("after") or 0).first() if _number(request) else None
    later = waiting.filter(updated_at__gt=after.updated_at) if after else waiting
    found = later.first() or waiting.first()
    if found and found != after:
        return redirect("bank:review", found.pk)
    return redirect("bank:review_done")


def _number(request: HttpRequest) -> bool:
    return request.GET.get("after", "").isdecimal()


class ReviewDonePage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER)
    template_name = "question_bank/review_done.html"
    page_title = "审题"
    header_icon = "help"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Question.objects.filter(created_by=self.request.user, state=QuestionState.DRAFT)
        return super().get_context_data(**kwargs) | {
            "own": own.filter(review_note="").exclude(explanation="").count(),
            "rough": own.filter(review_note="", explanation="").count(),
            "sent_back": own.exclude(review_note="").count(),
        }


class ReviewPage(AdminPage):
    """GET shows a question as it will be asked, with its key; POST approves it or sends it back."""

    roles = (Role.AUTHOR, Role.REVIEWER)
    template_name = "question_bank/review.html"
    header_icon = "help"
    page_title = "审题"

    def load(self, **kwargs: Any) -> None:
        visible = Question.objects.visible_to(self.request.user).select_related("item", "created_by")
        self.question = get_object_or_404(visible, pk=kwargs["pk"])

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        return super().get_context_data(**kwargs) | {
            "question": question,
            "pictures": image_urls(question),
            "waiting": waiting_for(self.request).count(),
            "why_not": why_not_reviewer(self.request.user, question),
            "problems": content_problems(question.content),
            "contradictions": contradictions_of(question),
            "points": question.knowledge_points.all(),
            "citations": question.citations.select_related("instrument"),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self._decide(request)
        except ReviewRefused as refusal:
            return back_with(request, request.path, error=str(refusal))
        return redirect("bank:review_next")

    def _decide(self, request: HttpRequest) -> None:
        read = request.POST.get("version", "")
        if read.isdecimal():
            self.question.version = int(read)
        if "approve" in request.POST:
            approve_question(self.question, by=request.user)
        else:
            send_question_back(self.question, note=request.POST.get("note", ""), by=request.user)
