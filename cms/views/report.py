"""The page of one video: the same for its author and for a reviewer."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.models import User
from accounts.roles import Role
from cms.footage.players import AdminPlace, players_of
from cms.reports import (
    comparison_of,
    courses_with,
    document_of,
    moments_of,
    qualities_of,
    report_of,
    waiting_of,
)
from cms.review.overrulings import why_not_decide
from cms.views.base import AdminPage, back_with
from media_pipeline.jobs import queue as jobs
from media_pipeline.models import Job, Video

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _video(user: User, pk: UUID) -> Video:
    return get_object_or_404(Video.objects.visible_to(user).with_inspection(), pk=pk)


class VideoReportView(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/report/page.html"
    header_icon = "media"

    def load(self, **kwargs: Any) -> None:
        self.video = _video(self.request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return self.video.original_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting, user = waiting_of(self.video), self.request.user
        courses = courses_with(self.video, user)
        context = {"video": self.video, "courses": courses, "waiting": waiting}
        if not waiting:
            moments = moments_of(self.video, courses)
            context |= {
                "report": report_of(self.video, moments),
                "listed": [lane for lane in moments if lane.is_listed],
                "player": players_of([self.video], AdminPlace()).get(self.video.pk),
                "qualities": qualities_of(self.video),
                "comparison": comparison_of(self.video, [course.course_id for course in courses]),
                "may_ask": user.has_role(Role.AUTHOR) and user.institution_id == self.video.institution_id,
                "why_not_decide": why_not_decide(user, self.video),
                "is_reviewer": user.has_role(Role.REVIEWER),
            }
        return super().get_context_data(**kwargs) | context


class VideoReportLiveView(View):
    """How far it is, asked for every two seconds; reloads the page once there is something else to show."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        video = _video(request.user, pk)
        waiting = waiting_of(video)
        if waiting is None or not waiting.moves:
            return HttpResponseClientRefresh()
        return render(request, "cms/report/waiting.html", {"video": video, "waiting": waiting})


@require_safe
def video_report_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report as a Word file."""
    video = _video(request.user, pk)
    if waiting_of(video):
        raise Http404("检查还没有结果，不能导出。")
    response = HttpResponse(content_type=DOCX)
    document_of(video, report_of(video), today=timezone.localdate()).save(response)
    name = f"检查报告 {PurePath(video.original_name).stem}.docx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def qualities(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The line below the player, asked for while the qualities are being made."""
    video = _video(request.user, pk)
    found = qualities_of(video, asked_again=True)
    return render(request, "cms/report/qualities.html", {"video": video, "qualities": found})


@require_POST
def retry_qualities(request: HttpRequest, pk: UUID) -> HttpResponse:
    video = _video(request.user, pk)
    page = reverse("cms:video_report", args=[video.pk])
    job = Job.objects.filter(kind=Job.Kind.RENDER, key=video.sha256).first()
    if job and jobs.retry(job, by=request.user, now=timezone.now()):
        return back_with(request, page, done="已重新排队转码。")
    return back_with(request, page, error="这个视频现在不需要重新转码：已经做好，或者正在进行。")


@require_POST
def retry_inspection(request: HttpRequest, pk: UUID) -> HttpResponse:
    video = _video(request.user, pk)
    page = reverse("cms:video_report", args=[video.pk])
    if video.job and jobs.retry(video.job, by=request.user, now=timezone.now()):
        return back_with(request, page, done="已重新排队检查。")
    return back_with(request, page, error="这个视频现在不需要重新检查：检查已经完成，或者正在进行。")
