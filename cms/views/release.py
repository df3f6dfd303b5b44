"""One published course: its page, its video bytes, and taking it down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cms.coverage.outlines import video_ids
from cms.library import readable_by
from cms.models import CourseRelease
from cms.review import releases
from cms.review.release_page import release_page
from cms.validity import on_day
from cms.views.base import back_with
from media_pipeline.models import Video
from media_pipeline.receiving.serving import original, range_response
from media_pipeline.views.videos import rendition_response


@login_required
def course(request: HttpRequest, pk: UUID) -> HttpResponse:
    release = get_object_or_404(readable_by(request.user).select_related("item", "approved_by"), pk=pk)
    page = release_page(release, user=request.user, today=timezone.localdate())
    return render(request, "cms/site/course.html", {"page": page})


@login_required
def video(request: HttpRequest, pk: UUID, video: UUID) -> HttpResponseBase:
    return range_response(request, original(_published_video(request, pk, video)))


@login_required
def rendition(request: HttpRequest, pk: UUID, video: UUID, name: str) -> HttpResponseBase:
    return rendition_response(request, _published_video(request, pk, video), name)


def _published_video(request: HttpRequest, pk: UUID, video: UUID) -> Video:
    """A video that belongs to a release which this person may open; for all others it does not exist."""
    release = get_object_or_404(readable_by(request.user), pk=pk)
    if str(video) not in video_ids(on_day(release.manifest, timezone.localdate())):
        raise Http404
    return get_object_or_404(Video, pk=video)


@login_required
@require_POST
def take_down(request: HttpRequest, pk: UUID) -> HttpResponse:
    release = get_object_or_404(CourseRelease.objects.current().visible_to(request.user), pk=pk)
    url = reverse("site:course", args=[pk])
    try:
        releases.take_down(release, reason=request.POST.get("reason", ""), by=request.user)
    except ValueError as refusal:
        return back_with(request, f"{url}#take-down", error=str(refusal))
    return back_with(request, url, done="已下架。培训机构不能再选用这门课程；发布记录继续保存。")
