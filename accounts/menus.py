from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from accounts.roles import Role


class RoleMenuItem(MenuItem):
    """A menu entry for some roles."""

    def __init__(self, label: str, url_name: str, *roles: Role, icon: str, order: int) -> None:
        super().__init__(
            label, reverse(url_name), name=url_name.replace(":", "-"), icon_name=icon, order=order
        )
        self.roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_role(*self.roles)
