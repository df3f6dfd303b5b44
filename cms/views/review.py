"""The reviewer's queue and desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.roles import Role
from cms.course_page import rows_of
from cms.law.course_law import law_context
from cms.models import CourseReviewTask
from cms.review import reviews
from cms.review.authorship import why_not_reviewer
from cms.review.changes import changes_since_release
from cms.review.headings import HEADINGS, Answer
from cms.review.manifests import manifest_of
from cms.review.queue import undecided_overrulings, waiting_for
from cms.validity import changes_after, on_day
from cms.views.base import AdminPage, back_with, typed_day


class ReviewQueue(AdminPage):
    roles = (Role.REVIEWER,)
    template_name = "cms/review/queue.html"
    page_title = "待审核"
    header_icon = "clipboard-list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = {"waiting": waiting_for(user), "overrulings": undecided_overrulings(user)}
        return super().get_context_data(**kwargs) | waiting


class ReviewDesk(AdminPage):
    """GET shows what changed, the checks and the form; POST takes the decision."""

    roles = (Role.REVIEWER,)
    template_name = "cms/review/desk.html"
    header_icon = "clipboard-list"

    def load(self, **kwargs: Any) -> None:
        states = TaskState.objects.filter(task__in=CourseReviewTask.objects.all())
        states = states.select_related("workflow_state__requested_by", "revision")
        self.task_state = get_object_or_404(states, pk=kwargs["pk"])
        self.course = self.task_state.revision.as_object()

    def get_page_title(self) -> str:
        return f"审核：{self.course.title}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:review_queue"), "待审核"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        _, rows = rows_of(self.course)
        answers = self._answers()
        return super().get_context_data(**kwargs) | {
            "course": self.course,
            "task_state": self.task_state,
            "is_open": self.task_state.status == TaskState.STATUS_IN_PROGRESS,
            "why_not": why_not_reviewer(self.request.user, self.task_state),
            "rows": rows,
            "as_of": self._as_of(),
            "changes_on": changes_after(manifest_of(self.course), timezone.localdate()),
            "law": law_context(self.course, self.request.user),
            "changes": changes_since_release(self.course, self.task_state.revision),
            "headings": [(heading, answers.get(heading.id)) for heading in HEADINGS],
            "note": self.request.POST.get("note", ""),
            "seen": reviews.seen_fingerprint(self.task_state),
            "refused": kwargs.get("refused", []),
        }

    def _as_of(self) -> dict[str, Any] | None:
        """The lessons and questions as learners meet them on the day asked for; None when none is."""
        try:
            day = typed_day(self.request.GET.get("as_of", ""))
        except ValueError:
            return None
        return day and {"day": day, "lessons": on_day(manifest_of(self.course), day)["lessons"]}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        given = {"answers": self._answers(), "note": request.POST.get("note", ""), "by": request.user}
        try:
            if "approve" in request.POST:
                reviews.approve(pk, seen=request.POST.get("seen", ""), **given)
                done = f"「{self.course.title}」已通过审核并发布。"
            else:
                reviews.send_back(pk, **given)
                done = f"「{self.course.title}」已退回作者修改。"
        except reviews.ReviewRefused as refusal:
            return self.render_to_response(self.get_context_data(refused=refusal.sentences))
        return back_with(request, reverse("cms:review_queue"), done=done)

    def _answers(self) -> dict[str, Answer]:
        """What the form says under each heading, so far."""
        words = {"yes": True, "no": False}
        data = self.request.POST
        return {
            heading.id: Answer(words.get(data.get(heading.id, "")), data.get(f"{heading.id}_note", ""))
            for heading in HEADINGS
        }
