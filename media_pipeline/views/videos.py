"""A video's file and how its inspection goes, for those who may see it; for others it does not exist."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from media_pipeline import serving
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
