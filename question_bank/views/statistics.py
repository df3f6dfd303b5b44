"""How questions fare with learners: the page, the upload, the keys of platforms, and their door."""

import json
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.pages import back_with, posted_row
from accounts.roles import Role
from question_bank.flags import MIN_RESPONSES
from question_bank.models import DeliveryToken, Question, QuestionFigures
from question_bank.responses.reckoning import reckon
from question_bank.responses.table import MAX_BYTES, BadResponses, read_csv
from question_bank.responses.taking import take
from question_bank.responses.tokens import make_token, revoke, token_of
from question_bank.views.papers import PAGE, BankPage

API_BYTES = 5_000_000
NO_SOURCE = "没有写是哪个学习平台的作答。请填写，同一平台每次写同样的名称，重复上传才认得出来。"


class StatisticsPage(BankPage):
    template_name = "question_bank/statistics.html"
    page_title = "做题统计"
    header_icon = "table"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Question.objects.visible_to(self.request.user).order_by().values("pk")
        rows = QuestionFigures.objects.filter(question__in=visible).select_related("question__item")
        show_all = "all" in self.request.GET
        shown = rows if show_all else rows.exclude(flag="").order_by("flag", "-responses", "pk")
        return super().get_context_data(**kwargs) | {
            "page": Paginator(shown, PAGE).get_page(self.request.GET.get("p")),
            "show_all": show_all,
            "any": rows.exists(),
            "flagged": rows.exclude(flag="").count(),
            "may_upload": _may_upload(self.request),
            "tokens": DeliveryToken.objects.all() if self.request.user.has_role(Role.ADMIN) else None,
            "least": MIN_RESPONSES,
        }


def _may_upload(request: HttpRequest) -> bool:
    user = request.user
    return user.has_role(Role.ADMIN) or (user.has_role(Role.AUTHOR) and user.institution_id is not None)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Responses as csv: an author's to the questions of their institution, an admin's to all."""
    if not _may_upload(request):
        raise PermissionDenied("只有课程作者和平台管理员可以上传作答。")
    file, own = request.FILES.get("file"), reverse("bank:statistics")
    if file is None:
        return back_with(request, own, error="没有选择文件，请选一个 csv 文件。")
    source = " ".join(request.POST.get("source", "").split())[:60]
    if not source:
        return back_with(request, own, error=NO_SOURCE)
    try:
        rows = read_csv(file.read(MAX_BYTES + 1))
        taken = take(rows, source=source, questions=Question.objects.visible_to(request.user))
    except BadResponses as problem:
        return back_with(request, own, error=str(problem))
    reckon()
    said = f"共 {taken.found} 行：收下 {taken.accepted}，重复 {taken.duplicates}，未收 {taken.refused}。"
    first = taken.problems[0] if taken.problems else None
    return back_with(
        request, own, done=said, error=f"第 {first['row']} 行：{first['message']}" if first else ""
    )


@require_POST
def add_token(request: HttpRequest) -> HttpResponse:
    _admin(request)
    name, own = " ".join(request.POST.get("name", "").split())[:60], reverse("bank:statistics")
    if not name or DeliveryToken.objects.filter(name=name).exists():
        return back_with(request, own, error="请填写学习平台的名称，不能与已有的相同。")
    secret = make_token(name, by=request.user)
    return back_with(request, own, done=f"“{name}”的密钥是 {secret} ，只显示这一次，请现在抄下。")


@require_POST
def revoke_token(request: HttpRequest) -> HttpResponse:
    _admin(request)
    revoke(posted_row(DeliveryToken.objects.all(), request, "token"))
    return back_with(request, reverse("bank:statistics"), done="密钥已停用，这个平台不能再提交作答。")


def _admin(request: HttpRequest) -> None:
    if not request.user.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以管理密钥。")


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """The door for delivering platforms: `Authorization: Bearer …`, `{"responses": [{…}]}`.

    Each row has attempt, question, version, and answer or correct. Sending a row again changes nothing.
    """
    token = token_of(request.headers.get("Authorization", ""))
    if token is None:
        return JsonResponse({"error": "密钥不对或已停用。"}, status=401)
    try:
        if int(request.headers.get("Content-Length") or 0) > API_BYTES:
            return JsonResponse({"error": "一次最多 5 MB，请分几次提交。"}, status=413)
        rows = json.loads(request.body)["responses"]
        taken = take(_listed(rows), source=token.name, questions=Question.objects.all())
    except BadResponses as problem:
        return JsonResponse({"error": str(problem)}, status=400)
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": '应为 JSON：{"responses": [{…}]}。'}, status=400)
    return JsonResponse(asdict(taken))


def _listed(rows: Any) -> list:
    if not isinstance(rows, list):
        raise BadResponses("responses 应是一个数组。")
    return rows
