"""Instruments in the admin: read and mend. Items come from the data file and are only listed."""

import datetime
from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalog.forms import VersionForm
from catalog.models import Instrument, InstrumentVersion, OperationItem, Succession


class ListOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may view; nobody adds, changes or deletes through the admin."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class OperationItemViewSet(SnippetViewSet):
    model = OperationItem
    icon = "list-ul"
    list_display = ["name", "slug", "name_en"]
    search_fields = ["name", "slug"]
    search_backend_name = None
    list_per_page = 25
    copy_view_enabled = False


class InstrumentViewSet(SnippetViewSet):
    model = Instrument
    icon = "folder-open-inverse"
    list_display = ["title", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["title"]
    search_backend_name = None
    list_per_page = 25
    panels = [FieldPanel("title"), FieldPanel("kind"), FieldPanel("slug")]


def _state_today(version: InstrumentVersion) -> str:
    return version.state_on(timezone.localdate()).label


def _known(date: str) -> Callable[[InstrumentVersion], datetime.date | str]:
    return lambda version: getattr(version, date) or "不明"


def _successors(version: InstrumentVersion) -> str:
    return "、".join(str(newer) for newer in version.replaced_by.all())


class InstrumentVersionViewSet(SnippetViewSet):
    model = InstrumentVersion
    icon = "doc-full"
    list_display = [
        "title",
        Column("kind", label="类别", accessor="instrument.get_kind_display"),
        "number",
        Column("published", label="发布日期", accessor=_known("published"), sort_key="published"),
        Column("effective", label="施行日期", accessor=_known("effective"), sort_key="effective"),
        "expires",
        Column("state", label="今日效力", accessor=_state_today),
        Column("successors", label="被代替为", accessor=_successors),
    ]
    list_filter = ["instrument__kind", "verified"]
    search_fields = ["title", "number"]
    search_backend_name = None
    list_per_page = 25
    panels = [
        FieldPanel("instrument"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("issuer")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("published"), FieldPanel("effective"), FieldPanel("expires")])],
            heading="日期（不明的请留空，不要用别的日期代替）",
        ),
        FieldPanel("status"),
        FieldPanel("replaced"),
        FieldPanel("partly_replaced"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("verified"), FieldPanel("verified_by"), FieldPanel("verified_on")]),
                FieldPanel("source_lines"),
            ],
            heading="核实（谁、什么时候、照什么）",
        ),
        FieldPanel("note"),
        FieldPanel("slug"),
    ]
    edit_handler = ObjectList(panels, base_form_class=VersionForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[InstrumentVersion]:
        return InstrumentVersion.objects.select_related("instrument").prefetch_related("replaced_by")


class SuccessionViewSet(SnippetViewSet):
    model = Succession
    icon = "resubmit"
    list_display = ["older", "newer", "partial", "note"]
    search_fields = ["older__title", "newer__title"]
    search_backend_name = None
    list_per_page = 25
    panels = [FieldPanel("older"), FieldPanel("newer"), FieldPanel("partial"), FieldPanel("note")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Succession]:
        return Succession.objects.select_related("older", "newer").order_by("older__title", "newer__title")


class CatalogGroup(SnippetViewSetGroup):
    items = (InstrumentVersionViewSet, InstrumentViewSet, SuccessionViewSet, OperationItemViewSet)
    menu_label = "目录与法规"
    menu_icon = "list-ul"
    menu_order = 300
