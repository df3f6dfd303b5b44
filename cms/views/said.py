"""Searching what is said in a course: in its draft for those who work on it, in a release for the others."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.roles import Role
from cms.footage.players import AdminPlace, Place, SitePlace, players_of
from cms.footage.spoken_lessons import lessons_of_draft, lessons_of_release, release_captions
from cms.footage.spoken_search import Found, search
from cms.library import readable_by
from cms.models import Course
from cms.views.base import AdminPage
from cms.views.captions import captions_file
from media_pipeline.models import Video


class CourseSaidPage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/said/admin.html"
    header_icon = "search"
    page_title = "搜讲过的话"

    def load(self, **kwargs: Any) -> None:
        self.course = get_object_or_404(Course.objects.visible_to(self.request.user), pk=kwargs["pk"])
        self.draft = self.course.get_latest_revision_as_object()

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:course", args=[self.course.pk]), self.draft.title),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = search(self.request.GET.get("q", ""), lessons_of_draft(self.draft))
        return super().get_context_data(**kwargs) | _shown(found, AdminPlace())


@login_required
def release_said(request: HttpRequest, pk: UUID) -> HttpResponse:
    release = get_object_or_404(readable_by(request.user), pk=pk)
    found = search(request.GET.get("q", ""), lessons_of_release(release))
    return render(request, "cms/said/site.html", {"release": release} | _shown(found, SitePlace(release)))


def _shown(found: Found, place: Place) -> dict[str, Any]:
    """Each lesson with hits beside the player of its video."""
    videos = Video.objects.with_inspection().filter(pk__in=[each.lesson.video_id for each in found.lessons])
    players = players_of(videos, place)
    return {
        "found": found,
        "lessons": [(each, players.get(each.lesson.video_id)) for each in found.lessons],
    }


@login_required
def release_captions_file(request: HttpRequest, pk: UUID, video: UUID) -> HttpResponse:
    """The captions that were approved with the release, whatever the draft says by now."""
    captions = release_captions(get_object_or_404(readable_by(request.user), pk=pk), video)
    if captions is None:
        raise Http404
    return captions_file(captions, "vtt")
