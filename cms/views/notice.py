"""One update notice: why and by when, what was done, and the two ways to close it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from cms.law import closing
from cms.law.board import with_texts
from cms.law.notice_page import notice_page
from cms.models import NoChange, UpdateNotice
from cms.reminding.page import AT_WORK
from cms.views.base import AdminPage, back_with, posted_row


def _notice(user: User, pk: int) -> UpdateNotice:
    notices = UpdateNotice.objects.visible_to(user).select_related("course__item", "course__institution")
    return get_object_or_404(with_texts(notices), pk=pk)


class NoticeView(AdminPage):
    roles = AT_WORK
    template_name = "cms/notice/page.html"
    header_icon = "date"

    def load(self, **kwargs: Any) -> None:
        self.notice = _notice(self.request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return f"按新规更新：{self.notice.course.title}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:reminders"), "期限提醒"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = notice_page(self.notice, user=self.request.user, today=timezone.localdate())
        return super().get_context_data(**kwargs) | {"page": page, "typed": kwargs.get("typed", {})}


@require_POST
def propose_no_change(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    done = "已提出，由另一位审核员复核。"
    return _act(request, pk, done, closing.propose_no_change, reason=reason)


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "已记下。", closing.remark, text=request.POST.get("text", ""))


@require_POST
def decide_no_change(request: HttpRequest, pk: int) -> HttpResponse:
    notice = _notice(request.user, pk)
    proposal = posted_row(NoChange.objects.filter(notice=notice), request, "proposal")
    accept = request.POST.get("accept") == "yes"
    done = "已办结：无须修改。" if accept else "已退回，作者会在这里看到您的意见。"

    def decide(notice: UpdateNotice, *, answer: str, by: User) -> None:
        closing.decide_no_change(proposal, accept=accept, answer=answer, by=by)

    return _act(request, pk, done, decide, answer=request.POST.get("answer", ""))


def _act(request: HttpRequest, pk: int, done: str, act: Any, **typed: str) -> HttpResponse:
    """Do it and return to the page; a refusal keeps what was typed."""
    notice = _notice(request.user, pk)
    try:
        act(notice, by=request.user, **typed)
    except closing.ClosingRefused as refusal:
        return _again(request, pk, str(refusal), typed)
    return back_with(request, reverse("cms:notice", args=[pk]), done=done)


def _again(request: HttpRequest, pk: int, sentence: str, typed: dict[str, str]) -> HttpResponse:
    """The page once more with the sentence on top and the form as it was."""
    messages.error(request, sentence)
    view = NoticeView()
    view.setup(request, pk=pk)
    view.load(pk=pk)
    return view.render_to_response(view.get_context_data(typed=typed))
