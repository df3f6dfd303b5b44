"""How the list of questions is narrowed down."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet

from catalog.models import OperationItem
from question_bank.content import QuestionType
from question_bank.models import Difficulty, KnowledgePoint, Question, QuestionState


def _items(request: Any) -> Any:
    """The items that have questions this person may see."""
    return OperationItem.objects.filter(pk__in=Question.objects.visible_to(request.user).values("item"))


def named_like(questions: QuerySet[Question], name: str, text: str) -> QuerySet[Question]:
    """Questions with a knowledge point whose name holds every word of `text`."""
    points = KnowledgePoint.objects.all()
    for word in text.split():
        points = points.filter(name__icontains=word)
    links = Question.knowledge_points.through.objects.filter(knowledgepoint__in=points.values("pk"))
    return questions.filter(pk__in=links.values("question"))


class QuestionFilterSet(WagtailFilterSet):
    item = django_filters.ModelChoiceFilter(queryset=_items, label="操作项目", widget=forms.Select)
    type = django_filters.ChoiceFilter(
        label="题型", choices=[(kind.value, kind.label) for kind in QuestionType], widget=forms.Select
    )
    state = django_filters.ChoiceFilter(label="状态", choices=QuestionState.choices, widget=forms.Select)
    difficulty = django_filters.ChoiceFilter(label="难度", choices=Difficulty.choices, widget=forms.Select)
    knowledge_points = django_filters.CharFilter(
        method=named_like,
        label="知识点",
        widget=forms.TextInput(attrs={"placeholder": "名称里的字，如：急救"}),
    )

    class Meta:
        model = Question
        fields = ["item", "type", "state", "difficulty", "knowledge_points"]
