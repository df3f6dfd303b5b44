"""The impact preview: what a new version touches, what an admin decides, and the notices it opens."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import AdminPage, back_with
from accounts.roles import Role
from catalog.deadlines import update_due
from catalog.models import InstrumentVersion
from cms.law.impact import Impact, Touched, impact_of
from cms.law.impact_opening import Choice, DecisionRefused, decide_courses, open_impact
from cms.law.impact_rows import course_rows
from cms.law.register import version_row
from cms.models import Basis, ImpactDecision

ROWS = 25  # courses on a page
PROPOSED = {
    Basis.CONFIRMED: ImpactDecision.Touch.MUST_CHANGE,
    Basis.SUGGESTED: ImpactDecision.Touch.LOOK,
    Basis.ITEM: ImpactDecision.Touch.NOT_TOUCHED,
}


class ImpactPage(AdminPage):
    """GET shows; POST keeps the ticks of this page, or opens the notices of all."""

    roles = (Role.ADMIN,)
    template_name = "cms/register/impact.html"
    header_icon = "view"

    def load(self, **kwargs: Any) -> None:
        versions = InstrumentVersion.objects.select_related("instrument")
        self.version = get_object_or_404(versions, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return f"影响预览：{self.version}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        url = reverse("cms:instrument", args=[self.version.instrument_id])
        return ((reverse("cms:register"), "法规登记"), (url, self.version.instrument.title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        impact = impact_of(self.version)
        page = Paginator(impact.courses, ROWS).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "row": version_row(self.version, timezone.localdate()),
            "impact": impact,
            "totals": impact.totals,
            "deadline": self._deadline(),
            "groups": self._groups(impact),
            "page_obj": page,
            "rows": course_rows(impact, page.object_list, self.request.POST),
            "touches": ImpactDecision.Touch.choices,
            "undecided": sum(map(_is_undecided, impact.courses)),
            "unopened": sum(map(_waits_for_notice, impact.courses)),
            "registered": sum(one.has_notice for one in impact.courses),
        }

    def _deadline(self) -> object:
        version = self.version
        return update_due(version.instrument.kind, published=version.published, effective=version.effective)

    def _groups(self, impact: Impact) -> list[dict[str, Any]]:
        """For each basis: how many courses have no tick of their own, and what is proposed for them."""
        counts = Counter(one.basis for one in impact.courses if _is_undecided(one))
        return [
            {
                "basis": basis,
                "count": counts[basis],
                "touch": self.request.POST.get(f"touch-{basis}", PROPOSED[basis]),
                "reason": self.request.POST.get(f"reason-{basis}", ""),
            }
            for basis in sorted(Basis, reverse=True)
            if counts[basis]
        ]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            done = self._open() if "open" in request.POST else self._keep()
        except DecisionRefused as refusal:
            return self.render_to_response(self.get_context_data(refused=str(refusal)))
        page = request.POST.get("to", request.GET.get("p", ""))
        return back_with(request, f"{request.path}?p={page}" if page.isdecimal() else request.path, done=done)

    def _open(self) -> str:
        post = self.request.POST
        choices = {
            basis: Choice(post.get(f"touch-{basis}", PROPOSED[basis]), post.get(f"reason-{basis}", ""))
            for basis in Basis
        }
        with transaction.atomic():
            decide_courses(self.version, dict(self._ticks()), by=self.request.user)
            opened = open_impact(self.version, choices, by=self.request.user)
        return f"已登记 {opened.notices} 条更新提醒；判为不涉及 {opened.not_touched} 门课程。"

    def _keep(self) -> str:
        kept = decide_courses(self.version, dict(self._ticks()), by=self.request.user)
        return f"已保存 {kept} 门课程的判定。" if kept else ""

    def _ticks(self) -> Iterator[tuple[int, Choice]]:
        """What is ticked for the single courses of this page."""
        for name, touch in self.request.POST.items():
            pk = name.removeprefix("course-")
            if name != pk and touch and pk.isdecimal():
                yield int(pk), Choice(touch, self.request.POST.get(f"why-{pk}", ""))


def _is_undecided(one: Touched) -> bool:
    return not one.touch and not one.has_notice


def _waits_for_notice(one: Touched) -> bool:
    """Decided to be changed or looked at, but the notice is not open yet."""
    return one.touch not in ("", ImpactDecision.Touch.NOT_TOUCHED) and not one.has_notice
