"""Buttons of the report with which people speak against a finding."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.models import Overruling
from cms.review import overrulings
from cms.views.base import back_with
from media_pipeline.models import Video


@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    video = get_object_or_404(Video.objects.visible_to(request.user), pk=pk)
    given = {"why": request.POST.get("why", ""), "by": request.user, "now": timezone.now()}
    return _answer(
        request,
        video,
        lambda: overrulings.ask(video, request.POST.get("check", ""), **given),
        "已请求复核，审核员会在首页和「待审核」里看到；复核意见写在这一项下面。",
    )


@require_POST
def overrule(request: HttpRequest, pk: UUID) -> HttpResponse:
    video = get_object_or_404(Video.objects.visible_to(request.user), pk=pk)
    given = {"reason": request.POST.get("reason", ""), "by": request.user, "now": timezone.now()}

    def act() -> Overruling:
        return overrulings.overrule(video, request.POST.get("check", ""), **given)

    return _answer(request, video, act, "已记下您的复核意见。")


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    known = _known(request, pk)
    return _answer(
        request,
        known.video,
        lambda: overrulings.confirm(known.pk, by=request.user, now=timezone.now()),
        "已确认，这一项不再挡住送审。",
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    known = _known(request, pk)
    why = request.POST.get("why", "")
    return _answer(
        request,
        known.video,
        lambda: overrulings.close(known.pk, why=why, by=request.user, now=timezone.now()),
        "已结束这条复核，检查结果照旧。",
    )


def _known(request: HttpRequest, pk: int) -> Overruling:
    visible = Video.objects.visible_to(request.user)
    return get_object_or_404(Overruling.objects.filter(video__in=visible).select_related("video"), pk=pk)


def _answer(request: HttpRequest, video: Video, act: Callable[[], Overruling], done: str) -> HttpResponse:
    page = reverse("cms:video_report", args=[video.pk])
    try:
        said = act()
    except overrulings.OverrulingRefused as refusal:
        return back_with(request, page, error=str(refusal))
    return back_with(request, f"{page}#check-{said.check_id}", done=done)
