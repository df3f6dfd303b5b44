"""Reminders: in the admin for those who work there, as a lean page for institutions."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.reminding.page import AT_WORK, reminder_rows
from cms.reminding.reminders import mark_seen, told_to, unseen_count
from cms.reminding.rights import licences_told_to
from cms.views.base import AdminPage, back_with

ROWS = 25


def reminders_context(request: HttpRequest) -> dict[str, Any]:
    page = Paginator(told_to(request.user), ROWS).get_page(request.GET.get("p"))
    return {
        "page_obj": page,
        "rows": reminder_rows(page.object_list, request.user, timezone.localdate()),
        "unseen": unseen_count(request.user),
    }


class RemindersPage(AdminPage):
    roles = AT_WORK
    template_name = "cms/reminders/admin.html"
    page_title = "期限提醒"
    header_icon = "bell"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        licences = licences_told_to(self.request.user, timezone.localdate())
        return super().get_context_data(**kwargs) | reminders_context(self.request) | {"licences": licences}


@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    """The address that mails name; who works in the admin is led there."""
    if request.user.has_role(*AT_WORK):
        return redirect("cms:reminders")
    return render(request, "cms/reminders/site.html", reminders_context(request))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = mark_seen(request.user)
    return back_with(request, "site:reminders", done=f"{count} 条提醒已标为看过；办结以前仍列在这里。")
