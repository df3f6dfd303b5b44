"""How the list of questions is narrowed down."""

from typing import Any

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from catalog.models import OperationItem
from question_bank.content import QuestionType
from question_bank.models import Difficulty, KnowledgePoint, Question, QuestionState


def _items(request: Any) -> Any:
    """The items that have questions this person may see."""
    return OperationItem.objects.filter(pk__in=Question.objects.visible_to(request.user).values("item"))


def _points(request: Any) -> Any:
    """The knowledge points this person may see in use; of one item when the list shows one."""
    visible = Question.objects.visible_to(request.user)
    links = Question.knowledge_points.through.objects.filter(question__in=visible.values("pk"))
    points = KnowledgePoint.objects.filter(pk__in=links.values("knowledgepoint"))
    item = request.GET.get("item")
    return points.filter(item=item) if item else points


class QuestionFilterSet(WagtailFilterSet):
    item = django_filters.ModelChoiceFilter(queryset=_items, label="操作项目", widget=forms.Select)
    type = django_filters.ChoiceFilter(
        label="题型", choices=[(kind.value, kind.label) for kind in QuestionType], widget=forms.Select
    )
    state = django_filters.ChoiceFilter(label="状态", choices=QuestionState.choices, widget=forms.Select)
    difficulty = django_filters.ChoiceFilter(label="难度", choices=Difficulty.choices, widget=forms.Select)
    knowledge_points = django_filters.ModelChoiceFilter(queryset=_points, label="知识点", widget=forms.Select)

    class Meta:
        model = Question
        fields = ["item", "type", "state", "difficulty", "knowledge_points"]
