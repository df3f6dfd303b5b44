"""People and institutions in the admin."""

from django.forms import ModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.forms import PersonCreationForm, PersonEditForm
from accounts.models import Institution


class UserViewSet(WagtailUserViewSet):
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
