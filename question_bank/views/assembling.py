"""Papers made from a blueprint at a click."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import back_with
from question_bank.models import Blueprint
from question_bank.papers.blueprints import Plan, read_plan
from question_bank.papers.drawing import MAX_FORMS, draw, save_lot
from question_bank.views.papers import paper_url


@require_POST
def assemble(request: HttpRequest, pk: int) -> HttpResponse:
    """Make papers of a blueprint; what is lacking is said, and nothing saved."""
    blueprint = get_object_or_404(Blueprint.objects.visible_to(request.user), pk=pk)
    if not Blueprint.objects.writable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied("只有本机构的课程作者可以用这个蓝图组卷。")
    typed = {name: request.POST.get(name, "") for name in ("title", "forms", "seed", "reviewed_only")}
    own = f"{reverse('bank:blueprint', args=[pk])}?{urlencode(typed)}"
    plan, forms, seed = read_plan(blueprint.rules), _forms(request), _seed(request)
    if forms is None or seed is None:
        return back_with(request, own, error=f"套数应是 1 到 {MAX_FORMS}，种子应是整数，请修改。")
    chosen = {"item": blueprint.item, "institution": blueprint.institution, "seed": seed}
    chosen["reviewed_only"] = "reviewed_only" in request.POST
    made = draw(plan, forms=forms, today=timezone.localdate(), **chosen)
    if made.shortfalls:
        lacking = "；".join(str(shortfall) for shortfall in made.shortfalls)
        whole = f"{forms} 套合计，" if forms > 1 else ""
        return back_with(request, own, error=f"题目不够，没有组卷。{whole}{lacking}。请补题或改蓝图。")
    return _kept(request, blueprint, plan, made, chosen)


def _kept(request: HttpRequest, blueprint: Blueprint, plan: Plan, made: Any, chosen: dict) -> HttpResponse:
    title = " ".join(request.POST.get("title", "").split())[:80] or blueprint.name
    kept = save_lot(plan, made, title=title, blueprint=blueprint, by=request.user, **chosen)
    return redirect(paper_url(kept[0].pk) if len(kept) == 1 else reverse("bank:lot", args=[kept[0].pk]))


def _forms(request: HttpRequest) -> int | None:
    """How many papers are wanted; None when that is no number, or too many."""
    text = request.POST.get("forms", "1")
    return int(text) if text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MAX_FORMS else None


def _seed(request: HttpRequest) -> int | None:
    """The seed typed, a new one when none was; None when it is no number."""
    text = request.POST.get("seed", "").strip()
    if not text:
        return secrets.randbelow(1_000_000)
    return int(text) if text.isdecimal() and len(text) <= 9 else None
