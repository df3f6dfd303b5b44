"""What our own pages inside the admin share."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest

from accounts.pages import AdminPage, back_with, posted_row

__all__ = ["AdminPage", "back_with", "not_offered", "posted_row"]


def not_offered(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    """A page of Wagtail's that has no use here and would show too much."""
    raise Http404
