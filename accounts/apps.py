from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"
    default = True


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's pages for users, with our forms; stands in `INSTALLED_APPS` in place of `wagtail.users`."""

    user_viewset = "accounts.viewsets.UserViewSet"
