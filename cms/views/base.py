"""What our own pages inside the admin share."""

from datetime import date
from typing import Any, NoReturn

from django.http import Http404, HttpRequest

from accounts.pages import AdminPage, back_with, posted_row

__all__ = ["AdminPage", "back_with", "not_offered", "posted_row"]


def not_offered(request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
    """A page of Wagtail's that has no use here and would show too much."""
    raise Http404


def typed_day(text: str) -> date | None:
    """The day of a date field, None when it was left empty; ValueError with a sentence for the reader."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as wrong:
        raise ValueError(f"日期「{text[:20]}」不对，请写成 2026-11-23 这样。") from wrong
