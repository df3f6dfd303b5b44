"""What our own pages inside the admin share: who may enter, and one sentence on the way back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from accounts.roles import Role


class AdminPage(WagtailAdminTemplateMixin, TemplateView):
    """A page in the admin's frame, open to `roles` only."""

    roles: tuple[Role, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_role(*self.roles):
            raise PermissionDenied("您没有查看这个页面的权限。")
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs: Any) -> None:
        """Fetch what the page is about, or raise `Http404`; called when the role has been checked."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in self.crumbs), *here]


def posted_row(rows: QuerySet, request: HttpRequest, name: str) -> Any:
    """The row of `rows` that the form names under `name`; 404 when it is none of them or no id at all."""
    try:
        return get_object_or_404(rows, pk=request.POST.get(name))
    except (ValueError, ValidationError) as wrong:
        raise Http404 from wrong


def back_with(request: HttpRequest, url: str, *, error: str = "", done: str = "") -> HttpResponse:
    """Return to `url` with one sentence on top of the page."""
    if error:
        messages.error(request, error)
    if done:
        messages.success(request, done)
    return redirect(url)
