"""What is done to a paper: a step of its order, its title and time, final, newest versions, gone."""

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.pages import back_with
from question_bank.models import Paper
from question_bank.papers import acts, finalising
from question_bank.papers.arranging import Move, Step, mark_of, refuse_when_changed, take_step
from question_bank.views.papers import PaperPage, paper_url


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: a button or the mouse names a question and where it goes; others' steps stay."""
    paper = _own(request, pk)
    sought = request.POST.get("q")
    here = f"{paper_url(pk)}?q={quote(sought)}#bank" if sought else paper_url(pk)
    step = _step(request)
    if step is None:
        return back_with(request, here, error="没有看懂这一步，请刷新页面再试。")
    seen, found = request.POST.get("seen", ""), mark_of(paper)
    try:
        take_step(paper, step, by=request.user)
    except acts.PaperRefused as refusal:
        return back_with(request, here, error=str(refusal))
    if seen and seen != found:
        return back_with(request, here, done="期间别人也改过这份试卷；您这一步已加进去，下面是现在的样子。")
    return redirect(here)


def _step(request: HttpRequest) -> Step | None:
    posted = {
        name: int(value) for name, value in request.POST.items() if value.isdecimal() and len(value) < 12
    }
    for move in Move:
        if move in posted:
            return Step(move, posted[move], posted.get("after"))
    return None


class DescribePage(PaperPage):
    """POST gives the paper another title and time; what was typed stays on the page when it is refused."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        paper = _own(request, self.paper.pk)
        typed = {name: request.POST.get(name, "") for name in ("title", "minutes")}
        minutes = int(typed["minutes"]) if typed["minutes"].isdecimal() and len(typed["minutes"]) < 6 else 0
        try:
            acts.describe(
                paper, title=typed["title"], minutes=minutes, was=request.POST.get("was"), by=request.user
            )
        except acts.PaperRefused as refusal:
            return self.render_to_response(self.get_context_data(typed=typed, problem=str(refusal)))
        return back_with(request, paper_url(paper.pk), done="已保存。")


@require_POST
def finalise(request: HttpRequest, pk: int) -> HttpResponse:
    done = "已定稿，以后不会再变。可以导出试卷和答案。"
    return _act(request, pk, finalising.finalise, done, what="定稿")


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, acts.take_newest_versions, "已换成各题的最新版。")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    done = "试卷已删除，题目仍在题库里。"
    return _act(request, pk, acts.discard, done, what="删除", then=reverse("bank:papers"))


def _act(
    request: HttpRequest, pk: int, act: Any, done: str, *, what: str = "", then: str = ""
) -> HttpResponse:
    """Do `act`; one that has a name (`what`) only to the paper as it was shown."""
    paper = _own(request, pk)
    try:
        with transaction.atomic():
            if what:
                refuse_when_changed(paper, seen=request.POST.get("seen", ""), what=what)
            act(paper, by=request.user)
    except acts.PaperRefused as refusal:
        return back_with(request, paper_url(pk), error=str(refusal))
    return back_with(request, then or paper_url(pk), done=done)


def _own(request: HttpRequest, pk: int) -> Paper:
    get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    paper = Paper.objects.writable_by(request.user).filter(pk=pk).first()
    if paper is None:
        raise PermissionDenied("只有本机构的课程作者可以改这份试卷。")
    return paper
