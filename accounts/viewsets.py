"""People and institutions in the admin."""

from django.db.models import QuerySet
from django.forms import ModelForm
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.forms import PersonCreationForm, PersonEditForm
from accounts.models import Institution, User
from accounts.roles import Role


def _roles(person: User) -> str:
    """The roles in their order; a superuser is an admin without the group."""
    held = {group.name for group in person.groups.all()}
    held |= {Role.ADMIN.group_name} if person.is_superuser else set()
    return "、".join(role.group_name for role in Role if role.group_name in held) or "没有角色"


class PeopleIndexView(IndexView):
    """The people with what each may do and for whom: two columns in place of Wagtail's level of access."""

    @cached_property
    def columns(self) -> list[Column]:
        ours = [
            Column("roles", label="角色", accessor=_roles, classname="roles"),
            Column("institution", label="所属机构", accessor=lambda person: person.institution or "—"),
        ]
        found = [column for column in super().columns if column.name != "is_superuser"]
        place = next(number for number, column in enumerate(found, 1) if column.name == "username")
        return [*found[:place], *ours, *found[place:]]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().select_related("institution").prefetch_related("groups")


class UserViewSet(WagtailUserViewSet):
    index_view_class = PeopleIndexView

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm


class InstitutionViewSet(ModelViewSet):
    model = Institution
    name = "institution"
    icon = "group"
    menu_label = "机构"
    menu_order = 500
    add_to_settings_menu = True
    list_display = ["name", "upload_quota_gib"]
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 25
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("upload_quota_gib")]
