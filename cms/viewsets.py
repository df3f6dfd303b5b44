"""Courses and instructors in Wagtail's own lists and forms; what an author does daily is in `cms.views`."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, FileInput, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, Table
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from catalog.cells import item_choices
from cms.instructor_form import InstructorForm
from cms.models import Course, Instructor
from cms.states import course_chips


class CourseForm(WagtailAdminModelForm):
    """Offers the items as the catalog groups them, and only the author's own institution's instructors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "请选择"), *item_choices()]
        self.fields["instructors"].queryset = Instructor.objects.writable_by(self.for_user)


class OwnedCreateView(CreateView):
    """What an author makes belongs to their institution."""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        owned = {"institution": self.request.user.institution, "created_by": self.request.user}
        names = {field.name for field in self.model._meta.concrete_fields}
        kwargs["instance"] = self.model(**{name: value for name, value in owned.items() if name in names})
        return kwargs


class CourseIndexView(IndexView):
    def get_edit_url(self, instance: Course) -> str:
        """A row leads to the course page, for readers too; the form is one click further."""
        return reverse("cms:course", args=[instance.pk])

    def get_table(self, object_list: Iterable[Course]) -> Table:
        courses = list(object_list)
        chips = course_chips(courses, timezone.localdate())
        for course in courses:
            course.chips = chips[course.pk]
        return super().get_table(courses)


class ChipsColumn(Column):
    """Where a course stands, in the words of every other screen."""

    cell_template_name = "cms/course/chips_cell.html"


class DraftOnlyMixin:
    """Saving keeps a draft and goes on to the course page. Submitting and publishing are not form actions."""

    def get_available_actions(self) -> list[str]:
        return [action for action in super().get_available_actions() if action in ("create", "edit")]

    def get_success_url(self) -> str:
        return reverse("cms:course", args=[self.object.pk])


class CourseCreateView(DraftOnlyMixin, OwnedCreateView):
    pass


class CourseEditView(DraftOnlyMixin, EditView):
    pass


COURSE_PANELS = [
    FieldPanel("title", required_on_save=True),
    FieldPanel("item", widget=Select),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("hours")]),
    FieldPanel("objectives"),
    FieldPanel("summary"),
    FieldPanel("instructors", widget=CheckboxSelectMultiple),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("rights"), FieldPanel("rights_holder"), FieldPanel("rights_until")])],
        heading="版权（机构承诺书第二项）",
    ),
    InlinePanel(
        "citations",
        [FieldPanel("version", widget=Select), FieldPanel("article")],
        heading="依据的法规和标准（法规变了，系统会按这里提醒更新）",
        label="法规引用",
    ),
]


class ClosedDoor:
    """A view of Wagtail's that would go round the review; closed to superusers too."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied("课程只经送审和审核发布，下架由平台管理员在课程版本页办理。")


class AuthoredViewSet(SnippetViewSet):
    """Every view of a row, whichever Wagtail adds, is 404 for whoever may not see the row."""

    search_backend_name = None
    list_per_page = 25
    copy_view_enabled = False
    inspect_view_enabled = False

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Callable[..., HttpResponse]:
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "pk" in kwargs:
                get_object_or_404(self.model.objects.visible_to(request.user), pk=unquote(str(kwargs["pk"])))
            return view(request, *args, **kwargs)

        return guarded

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.model.objects.visible_to(request.user)

    def register_chooser_viewset(self) -> None:
        """None: a chooser would list the rows of all institutions."""


class CourseViewSet(AuthoredViewSet):
    model = Course
    icon = "doc-full-inverse"
    list_display = [
        "title",
        ChipsColumn("chips", label="状态"),
        "item",
        Column("get_kind_display", label="培训类型"),
        "institution",
    ]
    list_filter = ["kind"]
    search_fields = ["title"]
    index_view_class = CourseIndexView
    add_view_class = CourseCreateView
    edit_view_class = CourseEditView
    lock_view_class = type("LockView", (ClosedDoor, snippets.LockView), {})
    unlock_view_class = type("UnlockView", (ClosedDoor, snippets.UnlockView), {})
    unpublish_view_class = type("UnpublishView", (ClosedDoor, snippets.UnpublishView), {})
    workflow_action_view_class = type("WorkflowActionView", (ClosedDoor, snippets.WorkflowActionView), {})
    edit_handler = ObjectList(COURSE_PANELS, base_form_class=CourseForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        return super().get_queryset(request).select_related("item", "institution", "latest_revision")


class InstructorViewSet(AuthoredViewSet):
    model = Instructor
    icon = "user"
    list_display = ["name", "title", "unit", "field", "years_of_practice"]
    search_fields = ["name", "unit"]
    add_view_class = OwnedCreateView
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("title")]),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("field"), FieldPanel("years_of_practice")]),
        FieldPanel("introduction"),
        FieldPanel("photo", widget=FileInput(attrs={"accept": "image/jpeg,image/png"})),
    ]
    edit_handler = ObjectList(panels, base_form_class=InstructorForm)


class CourseGroup(SnippetViewSetGroup):
    items = (CourseViewSet, InstructorViewSet)
    menu_label = "课程"
    menu_icon = "doc-full-inverse"
    menu_order = 100
