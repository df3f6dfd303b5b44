from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.models import Institution


class InstitutionMixin(forms.Form):
    """Adds the institution, and leaves superusers to the command line."""

    institution = forms.ModelChoiceField(
        Institution.objects.all(),
        label="所属机构",
        required=False,
        help_text="课程作者和培训机构人员必须有所属机构，否则不能建课或选课。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if superuser := self.fields.get("is_superuser"):  # Wagtail drops it where people edit themselves
            superuser.disabled = True
            superuser.help_text = "只能在服务器上用 ./run manage createsuperuser 设定。"


class PersonCreationForm(InstitutionMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"institution"}


class PersonEditForm(InstitutionMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"institution"}
