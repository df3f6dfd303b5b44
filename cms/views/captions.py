"""Captions of one video: read and edited beside the player, uploaded, downloaded, brought back."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from accounts.roles import Role
from cms.footage.caption_page import caption_page
from cms.footage.captions import caption_states
from cms.footage.players import AdminPlace, players_of
from cms.reports import courses_with
from cms.views.base import AdminPage, back_with
from media_pipeline import captioning, captions
from media_pipeline.captions import CaptionsRefused, Cue
from media_pipeline.captions.reading import LARGEST_BYTES
from media_pipeline.jobs import transcribing
from media_pipeline.models import Captions, Video

WRITERS = {"vtt": (captions.vtt, "text/vtt"), "srt": (captions.srt, "application/x-subrip")}


def _video(user: User, pk: UUID) -> Video:
    videos = Video.objects.visible_to(user).with_inspection().filter(completed_at__isnull=False)
    return get_object_or_404(videos, pk=pk)


def _own_video(user: User, pk: UUID) -> Video:
    video = _video(user, pk)
    if not captioning.may_edit(user, video):
        raise PermissionDenied("只有制作单位的课程作者可以修改字幕。")
    return video


def _page_url(video: Video) -> str:
    return reverse("cms:captions", args=[video.pk])


class CaptionsPage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/captions/page.html"
    header_icon = "edit"

    def load(self, **kwargs: Any) -> None:
        self.video = _video(self.request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return f"字幕：{self.video.original_name}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:video_report", args=[self.video.pk]), "检查报告"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "video": self.video,
            "courses": courses_with(self.video, self.request.user),
            "page": caption_page(self.video),
            "player": replace(players_of([self.video], AdminPlace())[self.video.pk], tracks=()),
            "state": caption_states([self.video])[self.video.pk],
            "may_edit": captioning.may_edit(self.request.user, self.video),
        }


class CaptionsLiveView(View):
    """How far the transcription is, asked for every two seconds; reloads the page at its end."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        video = _video(request.user, pk)
        state = caption_states([video])[video.pk]
        if not state.moves:
            return HttpResponseClientRefresh()
        return render(request, "cms/captions/state.html", {"video": video, "state": state})


@require_POST
def save(request: HttpRequest, pk: UUID) -> JsonResponse:
    """`{based_on, cues: [[start, end, text], …]}` → `{number}`; 422 and 409 say why nothing was stored."""
    video = _own_video(request.user, pk)
    try:
        based_on, cues = _read(request.body)
        saved = captioning.save(video, cues, based_on=based_on, by=request.user, now=timezone.now())
    except CaptionsRefused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    except captioning.CaptionsMoved as moved:
        return JsonResponse({"error": str(moved), "number": moved.newest.number}, status=409)
    return JsonResponse({"number": saved.number})


def _read(body: bytes) -> tuple[int, list[Cue]]:
    try:
        posted = json.loads(body)
        cues = [Cue(float(start), float(end), str(text)) for start, end, text in posted["cues"]]
        return int(posted["based_on"]), cues
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as unreadable:
        raise CaptionsRefused("没有收到完整的字幕。请再保存一次；修改还在这个页面上。") from unreadable


@require_POST
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    video, file = _own_video(request.user, pk), request.FILES.get("captions")
    if file is None:
        return back_with(request, _page_url(video), error="没有选择文件。请选择 .vtt 或 .srt 字幕文件。")
    data = file.read(LARGEST_BYTES + 1)
    try:
        saved = captioning.upload(video, data, name=file.name, by=request.user, now=timezone.now())
    except CaptionsRefused as refusal:
        return back_with(request, _page_url(video), error=f"「{file.name}」没有采用：{refusal}")
    done = f"已采用「{file.name}」的 {len(saved.rows)} 条字幕，成为第 {saved.number} 版。"
    return back_with(request, _page_url(video), done=done)


@require_POST
def restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    video = _own_video(request.user, pk)
    get_object_or_404(Captions, video=video, number=number)
    saved = captioning.restore(video, number, by=request.user, now=timezone.now())
    return back_with(request, _page_url(video), done=f"第 {number} 版已恢复，成为第 {saved.number} 版。")


@require_POST
def transcribe_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    video = _own_video(request.user, pk)
    transcribing.again(video.sha256, now=timezone.now())
    return back_with(request, _page_url(video), done="已排队转写。人工改过的字幕不会被覆盖。")


@require_safe
def download(request: HttpRequest, pk: UUID, number: int, kind: str) -> HttpResponse:
    """One version as a file; as VTT also what the player shows."""
    video = _video(request.user, pk)
    return captions_file(get_object_or_404(Captions, video=video, number=number), kind)


def captions_file(version: Captions, kind: str) -> HttpResponse:
    """A version never changes, so a browser may keep it."""
    if kind not in WRITERS:
        raise Http404
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(version.cues), content_type=f"{content_type}; charset=utf-8")
    name = f"{version.video.original_name.rsplit('.', 1)[0]}.第{version.number}版.{kind}"
    response["Content-Disposition"] = content_disposition_header(kind == "srt", name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
