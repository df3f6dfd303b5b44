"""A video's file and how its inspection goes, for those who may see it; for others it does not exist."""

from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from media_pipeline import serving, stills
from media_pipeline.facts import Unreadable
from media_pipeline.models import Video


@transaction.non_atomic_requests
@require_safe
def file(request: HttpRequest, video_id: UUID) -> HttpResponse:
    videos = Video.objects.visible_to(request.user).filter(completed_at__isnull=False)
    return serving.range_response(request, get_object_or_404(videos, pk=video_id))


@transaction.non_atomic_requests
@require_safe
@never_cache
def status(request: HttpRequest, video_id: UUID) -> HttpResponse:
    videos = Video.objects.visible_to(request.user).with_inspection()
    return JsonResponse(get_object_or_404(videos, pk=video_id).status())


@transaction.non_atomic_requests
@require_safe
@cache_control(private=True, max_age=86_400, immutable=True)
def still(request: HttpRequest, video_id: UUID, ms: int) -> FileResponse:
    """The picture at a moment that a finding names."""
    videos = Video.objects.visible_to(request.user).with_inspection()
    video = get_object_or_404(videos, pk=video_id)
    if ms not in stills.moments(video):
        raise Http404
    try:
        return FileResponse(stills.still_of(video, ms).open("rb"), content_type="image/jpeg")
    except (Unreadable, FileNotFoundError) as missing:
        raise Http404 from missing
