"""What a course seems to cite: confirm, reject, and search a script or handout for more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.pages import AdminPage, back_with, posted_row
from accounts.roles import Role
from catalog.texts import MAX_BYTES, UnreadableText
from cms.law.course_law import law_context
from cms.law.suggesting import decide_suggestion, read_document, refresh
from cms.models import Course


class CourseLawPage(AdminPage):
    roles = (Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    template_name = "cms/course/law_page.html"
    page_title = "引用的法规和标准"
    header_icon = "doc-full"

    def load(self, **kwargs: Any) -> None:
        self.course = _visible(self.request, kwargs["pk"])
        refresh(self.course)

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:course", args=[self.course.pk]), self.course.title),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | law_context(self.course, self.request.user)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    course = _visible(request, pk)
    suggestion = posted_row(course.suggestions.select_related("course"), request, "suggestion")
    decide_suggestion(suggestion, confirm="confirm" in request.POST, by=request.user)
    if request.htmx:
        return render(request, "cms/course/law.html", law_context(course, request.user))
    return back_with(request, reverse("cms:course_law", args=[pk]))


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Search an uploaded document; it is read and not kept."""
    course, url = _visible(request, pk), reverse("cms:course_law", args=[pk])
    document = request.FILES.get("document")
    if document is None:
        return back_with(request, url, error="请先选择一个文件（txt、md 或 docx）。")
    try:
        found = read_document(course, document.read(MAX_BYTES + 1), name=document.name, by=request.user)
    except UnreadableText as refusal:
        return back_with(request, url, error=str(refusal))
    return back_with(request, url, done=f"「{document.name}」里找到 {found} 处引用，请逐条确认。")


def _visible(request: HttpRequest, pk: int) -> Course:
    visible = Course.objects.visible_to(request.user).select_related("scan", "latest_revision")
    return get_object_or_404(visible, pk=pk)
