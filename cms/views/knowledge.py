"""Recording new knowledge: what it is, which courses it touches, and the notices it opens."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from catalog.deadlines import knowledge_due
from catalog.models import OperationItem
from cms.law.knowledge import (
    CATEGORIES,
    RECORDERS,
    Knowledge,
    KnowledgeRefused,
    affected,
    check,
    record_knowledge,
    recorded_knowledge,
)
from cms.views.base import AdminPage, back_with, typed_day

ROWS = 25


class KnowledgePage(AdminPage):
    """GET shows the form and what was recorded; POST shows the courses it touches, then opens the notices."""

    roles = RECORDERS
    template_name = "cms/law/knowledge.html"
    page_title = "新知识登记"
    header_icon = "openquote"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(recorded_knowledge(), ROWS).get_page(self.request.GET.get("p"))
        items = set(self.request.POST.getlist("items"))
        return super().get_context_data(**kwargs) | {
            "categories": CATEGORIES,
            "items": [(item, item.pk in items) for item in OperationItem.objects.order_by("slug")],
            "today": timezone.localdate(),
            "typed": self.request.POST,
            "page_obj": page,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            return self._open() if "open" in request.POST else self._choose()
        except KnowledgeRefused as refusal:
            return self.render_to_response(self.get_context_data(refused=str(refusal)), status=422)

    def _choose(self) -> HttpResponse:
        knowledge = self._typed()
        check(knowledge, today=timezone.localdate())
        found = list(affected(knowledge.items, by=self.request.user))
        context = self.get_context_data(courses=found, chosen=True, due=knowledge_due(knowledge.recorded).due)
        return self.render_to_response(context)

    def _open(self) -> HttpResponse:
        courses = [int(pk) for pk in self.request.POST.getlist("courses") if pk.isdecimal() and len(pk) < 10]
        today = timezone.localdate()
        knowledge = self._typed()
        version, opened = record_knowledge(knowledge, courses=courses, today=today, by=self.request.user)
        due = knowledge_due(version.published).due
        done = f"已登记「{version.title}」，{opened} 门课程须在 {due.year}年{due.month}月{due.day}日前更新。"
        return back_with(self.request, reverse("cms:knowledge"), done=done)

    def _typed(self) -> Knowledge:
        post = self.request.POST
        try:
            recorded = typed_day(post.get("recorded", ""))
        except ValueError as wrong:
            raise KnowledgeRefused(str(wrong)) from wrong
        title, source = (" ".join(post.get(name, "").split())[:200] for name in ("title", "source"))
        note = post.get("note", "").strip()[:2000]
        items = tuple(post.getlist("items"))
        return Knowledge(post.get("category", ""), title, source, recorded, items, note)
