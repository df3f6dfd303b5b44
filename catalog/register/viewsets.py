"""Instruments in the admin: read and mend. Items come from the data file and are only listed."""

import datetime
from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from catalog.choosers import CatalogViewSet
from catalog.models import Instrument, InstrumentVersion, OperationItem, Succession
from catalog.register.forms import VersionForm


class ListOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may view; nobody adds, changes or deletes through the admin."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class OperationItemViewSet(CatalogViewSet):
    model = OperationItem
    icon = "list-ul"
    list_display = ["name", "slug", "name_en"]
    search_fields = ["name", "slug"]
    copy_view_enabled = False


class InstrumentViewSet(CatalogViewSet):
    model = Instrument
    icon = "folder-open-inverse"
    list_display = ["title", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("slug", help_text="导入导出时认这部法规用的小写字母、数字和连字符，如 law-fire。"),
    ]


def _state_today(version: InstrumentVersion) -> str:
    return version.state_on(timezone.localdate()).label


def _known(date: str) -> Callable[[InstrumentVersion], datetime.date | str]:
    return lambda version: getattr(version, date) or "不明"


def _successors(version: InstrumentVersion) -> str:
    return "、".join(str(newer) for newer in version.replaced_by.all())


class VersionCreateView(CreateView):
    """`?instrument=5` starts with that instrument chosen and its newest name filled in."""

    def get_initial_form_instance(self) -> InstrumentVersion | None:
        asked = self.request.GET.get("instrument", "")
        instrument = Instrument.objects.filter(pk=asked).first() if asked.isdecimal() else None
        return InstrumentVersion(instrument=instrument, title=instrument.title) if instrument else None


class InstrumentVersionViewSet(CatalogViewSet):
    model = InstrumentVersion
    icon = "doc-full"
    add_view_class = VersionCreateView
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


class SuccessionViewSet(CatalogViewSet):
    model = Succession
    icon = "resubmit"
    list_display = ["older", "newer", "partial", "note"]
    search_fields = ["older__title", "newer__title"]
    panels = [FieldPanel("older"), FieldPanel("newer"), FieldPanel("partial"), FieldPanel("note")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Succession]:
        return Succession.objects.select_related("older", "newer").order_by("older__title", "newer__title")


class CatalogGroup(SnippetViewSetGroup):
    items = (InstrumentVersionViewSet, InstrumentViewSet, SuccessionViewSet, OperationItemViewSet)
    menu_label = "目录与法规"
    menu_icon = "list-ul"
    menu_order = 300
