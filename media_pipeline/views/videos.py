"""A video's files and how its inspection goes, for those who may see it; for others they do not exist."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from media_pipeline.facts import Unreadable
from media_pipeline.measuring import stills
from media_pipeline.models import Rendition, Video
from media_pipeline.receiving import serving


@transaction.non_atomic_requests
@require_safe
def file(request: HttpRequest, video_id: UUID) -> HttpResponse:
    videos = Video.objects.visible_to(request.user).filter(completed_at__isnull=False)
    return serving.range_response(request, serving.original(get_object_or_404(videos, pk=video_id)))


@transaction.non_atomic_requests
@require_safe
def rendition(request: HttpRequest, video_id: UUID, name: str) -> HttpResponse:
    video = get_object_or_404(Video.objects.visible_to(request.user), pk=video_id)
    return rendition_response(request, video, name)


def rendition_response(request: HttpRequest, video: Video, name: str) -> HttpResponseBase:
    """A rendition of `video` by the last part of its address; the caller checked who may see the video."""
    made = next((each for each in Rendition.objects.of(video) if each.file_name == name), None)
    if made is None:
        raise Http404
    return serving.range_response(request, serving.rendition(made))


@transaction.non_atomic_requests
@require_safe
@never_cache
def status(request: HttpRequest, video_id: UUID) -> HttpResponse:
    videos = Video.objects.visible_to(request.user).with_inspection()
    return JsonResponse(get_object_or_404(videos, pk=video_id).status())


@transaction.non_atomic_requests
@require_safe
@cache_control(private=True, max_age=86_400, immutable=True)
def still(request: HttpRequest, video_id: UUID, ms: int) -> HttpResponse:
    """The picture at a moment that a finding names."""
    videos = Video.objects.visible_to(request.user).with_inspection()
    video = get_object_or_404(videos, pk=video_id)
    if ms not in stills.moments(video):
        raise Http404
    try:
        return HttpResponse(stills.still_of(video.sha256, ms), content_type="image/jpeg")
    except (Unreadable, FileNotFoundError) as missing:
        raise Http404 from missing
