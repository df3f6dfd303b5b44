"""The author's course page: lessons, their videos and questions, and the way to review."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import Role
from catalog.outlines.hours import required_minutes
from cms import drafts
from cms.course_page import rows_of
from cms.footage.positions import clock
from cms.law.course_law import law_context
from cms.law.suggesting import refresh
from cms.models import Course, CourseReview
from cms.reminding.rights import licence_of
from cms.review import submissions
from cms.review.changes import is_news
from cms.review.gates import mend_url
from cms.review.rules import obstacles
from cms.states import course_chips
from cms.views.base import AdminPage, back_with, posted_row, typed_day
from media_pipeline.captioning import captions_of
from media_pipeline.models import Video


def course_url(pk: int) -> str:
    return reverse("cms:course", args=[pk])


class CoursePage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/course/page.html"
    header_icon = "doc-full-inverse"

    def load(self, **kwargs: Any) -> None:
        visible = Course.objects.visible_to(self.request.user).select_related(
            "item", "latest_revision", "scan"
        )
        self.course = get_object_or_404(visible, pk=kwargs["pk"])
        refresh(self.course)
        self.draft = self.course.get_latest_revision_as_object()

    def get_page_title(self) -> str:
        return self.draft.title

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("wagtailsnippets_cms_course:list"), "课程"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        gate = gate_context(self.course, self.draft, self.request.user)
        return (
            super().get_context_data(**kwargs)
            | gate
            | {
                "chips": course_chips([self.course], today)[self.course.pk],
                "is_heard": bool(captions_of(row.lesson.video for row in gate["rows"] if row.lesson.video)),
                "asked_to_submit": "submit" in self.request.GET,
                "sent_back": self._sent_back(),
                "law": law_context(self.course, self.request.user),
                "licence": licence_of(self.course.releases.current().first(), today),
                "notices": self.course.notices.filter(closed_at=None).select_related("version"),
            }
        )

    def _sent_back(self) -> CourseReview | None:
        """The newest review, when it asks for changes that were not answered yet."""
        state = self.course.current_workflow_state
        review = (
            CourseReview.objects.filter(task_state__workflow_state=state).select_related("reviewer").first()
        )
        return review if state and review and review.decision == CourseReview.Decision.SENT_BACK else None


def gate_context(course: Course, draft: Course, user: User) -> dict[str, Any]:
    """The lessons, what stands in the way of review, and what this person may do about it."""
    facts, rows = rows_of(draft)
    may_write = Course.objects.writable_by(user).filter(pk=course.pk).exists()
    in_review = course.workflow_in_progress
    found = obstacles(facts, today=timezone.localdate())
    return {
        "course": draft,
        "facts": facts,
        "outline_minutes": facts.outline and required_minutes(facts.outline.hours),
        "rows": rows,
        "length": clock(sum(row.facts.duration_s or 0 for row in rows)),
        "obstacles": [(obstacle, mend_url(course.pk, obstacle)) for obstacle in found],
        "is_news": is_news(course, draft),
        "may_edit": may_write and not in_review,
        "may_withdraw": may_write and in_review,
    }


def lesson_row(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """One row, asked for every two seconds while its video is inspected; the gate changes with it."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    gate = gate_context(course, course.get_latest_revision_as_object(), request.user)
    row = next((row for row in gate["rows"] if row.lesson.key == key), None)
    if row is None:
        raise Http404
    return render(request, "cms/course/live_row.html", gate | {"row": row})


@require_POST
def add_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, pk, drafts.add_lesson, title=request.POST.get("title", ""))


@require_POST
def rename_lesson(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    return _edit(request, pk, drafts.rename_lesson, key, title=request.POST.get("title", ""))


@require_POST
def date_lesson(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    try:
        days = {name: typed_day(request.POST.get(name, "")) for name in ("valid_from", "valid_to")}
    except ValueError as wrong:
        return back_with(request, course_url(pk), error=str(wrong))
    return _edit(request, pk, drafts.set_validity, key, **days)


@require_POST
def remove_lesson(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    return _edit(request, pk, drafts.remove_lesson, key)


@require_POST
def move_lesson(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    return _edit(request, pk, drafts.move_lesson, key, places=-1 if "up" in request.POST else 1)


def _edit(request: HttpRequest, pk: int, act: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        act(pk, *args, by=request.user, **kwargs)
    except drafts.DraftRefused as refusal:
        return back_with(request, course_url(pk), error=str(refusal))
    return back_with(request, course_url(pk))


@require_POST
def attach_video(request: HttpRequest, pk: int, key: UUID) -> JsonResponse:
    """Called by the upload script once the first bytes are accepted, so that a closed tab loses nothing."""
    video = posted_row(Video.objects.visible_to(request.user), request, "video")
    try:
        drafts.attach_video(pk, key, video=video, by=request.user)
    except (drafts.DraftRefused, PermissionDenied) as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"video": str(video.pk)})


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = submissions.submit(pk, by=request.user)
    if found:
        return back_with(
            request,
            f"{course_url(pk)}?submit#obstacles",
            error=f"还不能送审：有 {len(found)} 处要先处理，已逐条列在下面。",
        )
    return back_with(request, course_url(pk), done="已送审。审核期间不能修改；审核结果会显示在首页和这里。")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    submissions.withdraw(pk, by=request.user)
    return back_with(request, course_url(pk), done="已撤回，可以继续修改。")
