"""Blueprints: quotas in a table with what the bank holds for each, and papers made from them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import back_with
from catalog.cells import item_choices
from catalog.models import OperationItem
from question_bank.content import QuestionType
from question_bank.models import Blueprint
from question_bank.papers.blueprints import (
    DIFFICULTIES,
    MAX_MINUTES,
    MAX_QUESTIONS,
    BadBlueprint,
    read_plan,
)
from question_bank.papers.drawing import MAX_FORMS
from question_bank.papers.pools import offered_points, stock, unknown_points
from question_bank.views.papers import PAGE, BankPage

_EMPTY_ROWS = 2
_OFFERED_POINTS = 200  # any other can be typed
_FIRST_ROWS = [{"type": kind.value} for kind in QuestionType]  # a new blueprint offers each type once
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
            "seen": self._stamp(),
            "asked": self._asked(),
            "chosen_item": kwargs.get("chosen_item", ""),
            "items": item_choices() if item is None else [],
            "types": [(kind.value, kind.label) for kind in QuestionType],
            "levels": list(DIFFICULTIES.items()),
            "points": offered_points(item)[:_OFFERED_POINTS] if item else [],
            "may_change": self.may_change,
            "warning": read_plan(self.blueprint.rules).warning if self.blueprint else None,
            "papers": self.blueprint.papers.order_by("-pk")[:PAGE] if self.blueprint else [],
            "max_forms": MAX_FORMS,
        }

    def _rows(self) -> list[dict[str, Any]]:
        """The quotas, each with the number of questions that fit it today."""
        if self.blueprint is None:
            return _FIRST_ROWS
        plan = read_plan(self.blueprint.rules)
        held = stock(
            plan,
            item=self.blueprint.item,
            institution=self.blueprint.institution,
            today=timezone.localdate(),
        )
        return [quota.as_rule() | {"held": count} for quota, count in zip(plan.quotas, held, strict=True)]

    def _stamp(self) -> str:
        """What changes whenever the blueprint is saved."""
        return self.blueprint.updated_at.isoformat() if self.blueprint else ""

    def _asked(self) -> dict[str, Any]:
        """What stands in the form that makes papers: what was typed when it could not be done."""
        typed = {name: self.request.GET.get(name, "") for name in ("title", "forms", "seed", "reviewed_only")}
        return typed | {
            "title": typed["title"] or (self.blueprint.name if self.blueprint else ""),
            "forms": typed["forms"] or "1",
        }

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
        rules = plan.as_rules()
        if not typed["minutes"]:
            del rules["minutes"]  # the time follows the questions until somebody sets one
        name = " ".join(typed["name"].split())[:100]
        if not name:
            raise BadBlueprint("请填写蓝图的名称。")
        blueprint = self.blueprint or Blueprint(
            item=self._item(), institution=self.request.user.institution, created_by=self.request.user
        )
        if unknown := unknown_points(plan, blueprint.item):
            raise BadBlueprint(unknown[0])
        if self.request.POST.get("seen", self._stamp()) != self._stamp():
            raise BadBlueprint(
                f"别人刚刚改过这个蓝图（现名“{blueprint.name}”，"
                f"{read_plan(blueprint.rules).questions} 道题）；"
                "您填的还在下面，没有保存，再点一次【保存蓝图】就按您填的改。"
            )
        blueprint.name, blueprint.rules = name, rules
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
    minutes = {"minutes": _number(typed["minutes"], "时间", MAX_MINUTES)} if typed["minutes"] else {}
    return {"quotas": quotas} | minutes


def _quota(number: int, row: dict[str, str]) -> dict[str, Any]:
    named = {name: row[name] for name in ("knowledge_point", "difficulty") if row[name].strip()}
    return {
        "type": row["type"],
        "count": _number(row["count"].strip(), f"第 {number} 行的题数", MAX_QUESTIONS),
        **named,
    }


def _number(text: str, name: str, most: int) -> int:
    if text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most:
        return int(text)
    raise BadBlueprint(f"{name}应是 1 到 {most} 的整数，现为“{text[:20]}”，请修改。")
