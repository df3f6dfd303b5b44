"""Editions, their mapping and training outlines in the admin; an admin enters what is printed elsewhere."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from catalog.choosers import CatalogViewSet
from catalog.models import CatalogEdition, EditionRow, RowSuccession, TrainingOutline
from catalog.outlines.forms import OutlineForm
from catalog.picking import PickList


class TrainingOutlineViewSet(CatalogViewSet):
    model = TrainingOutline
    icon = "list-ol"
    list_display = [
        "item",
        Column("kind", label="培训类型", accessor="get_kind_display"),
        "version",
        "hours",
        Column("points", label="知识点", accessor="point_count"),
        "valid_from",
        "valid_to",
    ]
    list_filter = ["kind"]
    search_fields = ["item__name", "version"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("item"), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("version"), FieldPanel("hours")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("source"),
            MultiFieldPanel([FieldPanel("points_text"), FieldPanel("points_file")], heading="知识点"),
            FieldPanel("basis", widget=PickList),
        ],
        base_form_class=OutlineForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrainingOutline]:
        return TrainingOutline.objects.select_related("item").annotate(point_count=Count("points"))


class CatalogEditionViewSet(CatalogViewSet):
    model = CatalogEdition
    icon = "date"
    list_display = ["title", "slug", "valid_from", "valid_to", "source"]
    search_fields = ["title"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("source"),
    ]


class EditionRowViewSet(CatalogViewSet):
    model = EditionRow
    icon = "list-ul"
    list_display = ["name", "code", "category", "order", "item", "edition"]
    list_filter = ["edition"]
    search_fields = ["name", "code", "category"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("edition"), FieldPanel("order")]),
        FieldPanel("item"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("qualification_type"), FieldPanel("category")]),
        FieldRowPanel([FieldPanel("applies_new"), FieldPanel("applies_renewal")]),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EditionRow]:
        return EditionRow.objects.select_related("edition", "item")


class RowSuccessionViewSet(CatalogViewSet):
    model = RowSuccession
    icon = "resubmit"
    list_display = ["older", "newer", "note"]
    search_fields = ["older__name", "newer__name"]
    copy_view_enabled = False
    panels = [FieldPanel("older"), FieldPanel("newer"), FieldPanel("note")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RowSuccession]:
        return RowSuccession.objects.select_related("older__edition", "newer__edition")


class OutlineGroup(SnippetViewSetGroup):
    items = (TrainingOutlineViewSet, CatalogEditionViewSet, EditionRowViewSet, RowSuccessionViewSet)
    menu_label = "大纲与目录版本"
    menu_icon = "list-ol"
    menu_order = 310
