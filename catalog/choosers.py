"""Choosing a row of the catalog in a form: found by its words, made only in its own form."""

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet


class WordsForm(BaseFilterForm):
    """Every word must stand in one of the fields the list searches; Wagtail's search knows no Chinese."""

    q = forms.CharField(label="查找", required=False, max_length=100)

    def filter(self, objects: QuerySet) -> QuerySet:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            fields = objects.model.snippet_viewset.search_fields
            objects = objects.filter(Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR))
        return objects


class CatalogChooserViewSet(SnippetChooserViewSet):
    """Without the address that makes a row: the form behind it would skip what the row's own form checks."""

    choose_view_class = type("ChooseView", (ChooseView,), {"filter_form_class": WordsForm})
    choose_results_view_class = type("ResultsView", (ChooseResultsView,), {"filter_form_class": WordsForm})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class CatalogViewSet(SnippetViewSet):
    """What all lists of the catalog have in common."""

    search_backend_name = None
    list_per_page = 25
    chooser_per_page = 25
    chooser_viewset_class = CatalogChooserViewSet
