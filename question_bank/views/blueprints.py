"""Blueprints: quotas in a table with what the bank holds for each, and papers made from them."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import back_with
from catalog.cells import item_choices
from catalog.models import OperationItem
from question_bank.blueprints import DIFFICULTIES, BadBlueprint, Plan, read_plan
from question_bank.content import QuestionType
from question_bank.models import Blueprint, KnowledgePoint
from question_bank.papers import MAX_FORMS, draw, save_lot
from question_bank.pools import stock
from question_bank.views.papers import PAGE, BankPage, paper_url

_EMPTY_ROWS = 2
_COLUMNS = ("type", "knowledge_point", "difficulty", "count")


class BlueprintListPage(BankPage):
    template_name = "question_bank/blueprints.html"
    page_title = "组卷蓝图"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Blueprint.objects.visible_to(self.request.user).select_related("item", "institution")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "plans": [(row, read_plan(row.rules)) for row in page],
            "may_write": self.may_write,
        }


class BlueprintPage(BankPage):
    """GET shows the table; POST saves it, and makes papers when `assemble` was pressed."""

    template_name = "question_bank/blueprint.html"
    blueprint: Blueprint | None = None

    def load(self, **kwargs: Any) -> None:
        if "pk" in kwargs:
            visible = Blueprint.objects.visible_to(self.request.user).select_related("item", "institution")
            self.blueprint = get_object_or_404(visible, pk=kwargs["pk"])
        elif not self.may_write:
            raise PermissionDenied("只有机构的课程作者可以新建组卷蓝图。")

    def get_page_title(self) -> str:
        return self.blueprint.name if self.blueprint else "新建组卷蓝图"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"), (reverse("bank:blueprints"), "组卷蓝图"))

    @property
    def may_change(self) -> bool:
        own = self.blueprint is None or self.blueprint.institution_id == self.request.user.institution_id
        return self.may_write and own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.blueprint.item if self.blueprint else None
        rows = kwargs.get("rows") or self._rows()
        return super().get_context_data(**kwargs) | {
            "blueprint": self.blueprint,
            "name": kwargs.get("name", self.blueprint.name if self.blueprint else ""),
            "minutes": kwargs.get("minutes", self.blueprint.rules.get("minutes") if self.blueprint else ""),
            "rows": [*rows, *({} for _ in range(_EMPTY_ROWS if self.may_change else 0))],
            "chosen_item": kwargs.get("chosen_item", ""),
            "items": item_choices() if item is None else [],
            "types": [(kind.value, kind.label) for kind in QuestionType],
            "levels": list(DIFFICULTIES.items()),
            "points": KnowledgePoint.objects.filter(item=item) if item else [],
            "may_change": self.may_change,
            "warning": read_plan(self.blueprint.rules).warning if self.blueprint else None,
            "papers": self.blueprint.papers.order_by("-pk")[:PAGE] if self.blueprint else [],
            "max_forms": MAX_FORMS,
        }

    def _rows(self) -> list[dict[str, Any]]:
        """The quotas, each with the number of questions that fit it today."""
        if self.blueprint is None:
            return []
        plan = read_plan(self.blueprint.rules)
        held = stock(
            plan,
            item=self.blueprint.item,
            institution=self.blueprint.institution,
            today=timezone.localdate(),
        )
        return [quota.as_rule() | {"held": count} for quota, count in zip(plan.quotas, held, strict=True)]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied("只有本机构的课程作者可以改这个蓝图。")
        typed = _typed(request)
        try:
            saved = self._save(typed)
        except BadBlueprint as problem:
            kept = {name: typed[name] for name in ("rows", "name", "minutes")}
            return self.render_to_response(
                self.get_context_data(**kept, chosen_item=request.POST.get("item", ""), problem=str(problem))
            )
        return back_with(request, reverse("bank:blueprint", args=[saved.pk]), done="蓝图已保存。")

    def _save(self, typed: dict[str, Any]) -> Blueprint:
        plan = read_plan(_rules(typed))
        name = " ".join(typed["name"].split())[:100]
        if not name:
            raise BadBlueprint("请填写蓝图的名称。")
        blueprint = self.blueprint or Blueprint(
            item=self._item(), institution=self.request.user.institution, created_by=self.request.user
        )
        blueprint.name, blueprint.rules = name, plan.as_rules()
        blueprint.save()
        return blueprint

    def _item(self) -> OperationItem:
        if item := OperationItem.objects.filter(pk=self.request.POST.get("item", "")).first():
            return item
        raise BadBlueprint("没有选择操作项目，请选择。")


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, row by row; rows without a number are left out."""
    columns = [request.POST.getlist(name) for name in _COLUMNS]
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in zip(*columns, strict=False)]
    return {
        "rows": [row for row in rows if row["count"].strip()],
        "name": request.POST.get("name", ""),
        "minutes": request.POST.get("minutes", "").strip(),
    }


def _rules(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed as a blueprint of the contract; raises `BadBlueprint`."""
    if not typed["rows"]:
        raise BadBlueprint("还没有写要几道题，请至少填一行的题数。")
    quotas = [_quota(number, row) for number, row in enumerate(typed["rows"], start=1)]
    minutes = {"minutes": _number(typed["minutes"], "时间")} if typed["minutes"] else {}
    return {"quotas": quotas} | minutes


def _quota(number: int, row: dict[str, str]) -> dict[str, Any]:
    named = {name: row[name] for name in ("knowledge_point", "difficulty") if row[name].strip()}
    return {"type": row["type"], "count": _number(row["count"].strip(), f"第 {number} 行的题数"), **named}


def _number(text: str, name: str) -> int:
    if text.isdecimal() and 0 < int(text[:9]) <= 1440:
        return int(text)
    raise BadBlueprint(f"{name}应是大于 0 的整数，现为“{text[:20]}”，请修改。")


@require_POST
def assemble(request: HttpRequest, pk: int) -> HttpResponse:
    """Make papers of a blueprint; what is lacking is said, and nothing saved."""
    blueprint = get_object_or_404(Blueprint.objects.visible_to(request.user), pk=pk)
    if not Blueprint.objects.writable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied("只有本机构的课程作者可以用这个蓝图组卷。")
    own = reverse("bank:blueprint", args=[pk])
    plan, forms, seed = read_plan(blueprint.rules), request.POST.get("forms", "1"), _seed(request)
    if not (forms.isdecimal() and 1 <= int(forms[:4]) <= MAX_FORMS) or seed is None:
        return back_with(request, own, error=f"套数应是 1 到 {MAX_FORMS}，种子应是整数，请修改。")
    chosen = {"item": blueprint.item, "institution": blueprint.institution, "seed": seed}
    chosen["reviewed_only"] = "reviewed_only" in request.POST
    made = draw(plan, forms=int(forms), today=timezone.localdate(), **chosen)
    if made.shortfalls:
        lacking = "；".join(str(shortfall) for shortfall in made.shortfalls)
        return back_with(request, own, error=f"题目不够，没有组卷。{lacking}。请补题或改蓝图。")
    return _kept(request, blueprint, plan, made, chosen)


def _kept(request: HttpRequest, blueprint: Blueprint, plan: Plan, made: Any, chosen: dict) -> HttpResponse:
    title = " ".join(request.POST.get("title", "").split())[:80] or blueprint.name
    kept = save_lot(plan, made, title=title, blueprint=blueprint, by=request.user, **chosen)
    return redirect(paper_url(kept[0].pk) if len(kept) == 1 else reverse("bank:lot", args=[kept[0].pk]))


def _seed(request: HttpRequest) -> int | None:
    """The seed typed, a new one when none was; None when it is no number."""
    text = request.POST.get("seed", "").strip()
    if not text:
        return secrets.randbelow(1_000_000)
    return int(text) if text.isdecimal() and len(text) <= 9 else None
