"""The admin's pages on questions: Wagtail's own, over the questions a person may see."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import Button

from question_bank.content import LETTERS
from question_bank.models import Question, QuestionState
from question_bank.questions.acts import restore_question, retire_question
from question_bank.questions.filters import QuestionFilterSet
from question_bank.questions.guidance import guide_to
from question_bank.questions.illustrated_form import IllustratedQuestionForm
from question_bank.questions.pairing import contradictions_of
from question_bank.views.citations import citation_context


class VisibleQuestion:
    """Another institution's question does not exist for this person."""

    def get_object(self, queryset: QuerySet[Question] | None = None) -> Question:
        return get_object_or_404(Question.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class QuestionFormPage:
    """Bind `QuestionForm` to the request; what is typed stays when it is refused."""

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        data = self.request.POST if self.request.method == "POST" else None
        files = self.request.FILES if data is not None else None
        return {
            "data": data,
            "files": files,
            "institution": user.institution,
            "by": user,
            "instance": self.object,
        }

    def form_valid(self, form: IllustratedQuestionForm) -> HttpResponse:
        self.saved = form.save()
        if self.saved is None:
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return super().form_valid(form)

    def save_instance(self) -> Question:
        return self.saved


class QuestionIndexView(generic.IndexView):
    filterset_class = QuestionFilterSet

    def get_base_queryset(self) -> QuerySet[Question]:
        return Question.objects.visible_to(self.request.user).select_related("item", "institution")

    def search_queryset(self, queryset: QuerySet[Question]) -> QuerySet[Question]:
        return queryset.search(self.search_query or "")


class QuestionCreateView(QuestionFormPage, generic.CreateView):
    object = None
    template_name = "question_bank/edit.html"

    def get_success_url(self) -> str:
        return reverse("question:edit", args=[self.saved.pk])


class QuestionEditView(VisibleQuestion, QuestionFormPage, generic.EditView):
    template_name = "question_bank/edit.html"

    def get_success_url(self) -> str:
        return reverse("question:edit", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guide = guide_to(self.object, user=self.request.user, today=timezone.localdate())
        more = {"guide": guide, "contradictions": contradictions_of(self.object)}
        return super().get_context_data(**kwargs) | more | citation_context(self.object)

    @property
    def header_more_buttons(self) -> list[Button]:
        if self.object.state == QuestionState.RETIRED:
            return []
        url = reverse("question:retire", args=[self.object.pk])
        return [Button("停用这道题", url=url, icon_name="no-view", priority=20)]


class QuestionHistoryView(VisibleQuestion, HistoryView):
    pass


class QuestionUsageView(VisibleQuestion, UsageView):
    pass


class QuestionInspectView(VisibleQuestion, generic.InspectView):
    def get_options_display_value(self) -> str:
        lettered = zip(LETTERS, self.object.options, strict=False)
        return "；".join(f"{letter}. {option}" for letter, option in lettered) or "—"

    def get_answer_display_value(self) -> str:
        return self.object.key


class QuestionDeleteView(VisibleQuestion, generic.DeleteView):
    """Refused by the policy for everybody."""


class QuestionRetireView(VisibleQuestion, generic.DeleteView):
    permission_required = "change"
    template_name = "question_bank/retire.html"
    page_title = "停用题目"
    success_message = "题目已停用：%(object)s"

    def delete_action(self) -> None:
        retire_question(self.object, by=self.request.user)


class QuestionRestoreView(VisibleQuestion, generic.DeleteView):
    permission_required = "change"
    template_name = "question_bank/restore.html"
    page_title = "恢复题目"
    success_message = "题目已恢复为草稿，等待审定：%(object)s"

    def get_success_url(self) -> str:
        return reverse("question:edit", args=[self.object.pk])

    def delete_action(self) -> None:
        restore_question(self.object, by=self.request.user)
