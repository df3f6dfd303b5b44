"""The limits of the video checks: all versions, one, a new one, two side by side, and which is in force."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from accounts.roles import Role
from cms.footage import limit_pages
from cms.footage.limit_preview import Preview, preview_of
from cms.views.base import AdminPage, back_with
from media_pipeline.limits import profiles
from media_pipeline.limits.shape import BadLimits
from media_pipeline.limits.thresholds import LIMITS
from media_pipeline.models import ProfileActivation, ThresholdProfile

PER_PAGE = 25
READERS = (Role.ADMIN, Role.REVIEWER)
NEW_NAME = "平台阈值"


class LimitsPage(AdminPage):
    roles = READERS
    header_icon = "sliders"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:limits"), "检查阈值"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.request.user.has_role(Role.ADMIN)
        return super().get_context_data(**kwargs) | {"may_change": may_change}


class LimitsList(LimitsPage):
    template_name = "cms/limits/list.html"
    page_title = "检查阈值"
    crumbs = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        active = profiles.active_row()
        rows = ThresholdProfile.objects.select_related("created_by", "based_on")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        history = ProfileActivation.objects.select_related("profile", "by")[:PER_PAGE]
        return super().get_context_data(**kwargs) | {
            "active": limit_pages.version_of(active, active),
            "built_in": limit_pages.version_of(None, active),
            "page": page,
            "versions": [limit_pages.version_of(row, active) for row in page],
            "history": history,
            "judging": limit_pages.judging(),
        }


class LimitsVersion(LimitsPage):
    template_name = "cms/limits/version.html"

    def load(self, **kwargs: Any) -> None:
        self.row = limit_pages.row_of(kwargs["pk"])
        self.version = limit_pages.version_of(self.row, profiles.active_row())

    def get_page_title(self) -> str:
        return self.version.profile.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = self.row.sources if self.row else {}
        asked = "preview" in self.request.GET and self.version.chip is None
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "preview": preview_of(self.version.profile, user=self.request.user) if asked else None,
            "groups": limit_pages.groups_of(self.version.profile.numbers, sources),
            "active": limit_pages.version_of(profiles.active_row(), None),
        }


class LimitsNew(LimitsPage):
    """The form of a new version: what is typed stays until it can be kept."""

    roles = (Role.ADMIN,)
    template_name = "cms/limits/form.html"
    page_title = "修改阈值"

    def load(self, **kwargs: Any) -> None:
        self.row = limit_pages.row_of(kwargs["pk"])
        self.before = limit_pages.version_of(self.row, None)
        self.typed: dict[str, Any] = {"name": self.row.name if self.row else NEW_NAME, "why": ""}
        self.numbers, self.sources = self.before.profile.numbers, self.row.sources if self.row else {}
        self.problems: dict[str, list[str]] = {}
        self.preview: Preview | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.typed = {name: request.POST.get(name, "") for name in ("name", "why")}
        self.numbers |= {name: request.POST[name] for name in LIMITS if name in request.POST}
        self.sources = {name: request.POST.get(f"source-{name}", "") for name in LIMITS}
        wish = {"numbers": self.numbers, "sources": self.sources, "based_on": self.row, **self.typed}
        try:
            if "preview" in request.POST:
                tried = profiles.read_profile(self.typed["name"], self.numbers)
                self.preview = preview_of(tried, user=request.user)
                return self.get(request, *args, **kwargs)
            kept = profiles.save_profile(**wish, by=request.user, now=timezone.now())
        except BadLimits as bad:
            self.problems = bad.problems
            return self.get(request, *args, **kwargs)
        url = reverse("cms:limits_version", args=[kept.pk])
        return back_with(request, url, done=f"已存为{kept}，还没有启用。核对无误后在本页启用。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "before": self.before,
            "typed": self.typed,
            "problems": self.problems,
            "preview": self.preview,
            "wrong": [(name, LIMITS.get(name), sentences) for name, sentences in self.problems.items()],
            "groups": limit_pages.groups_of(self.numbers, self.sources, self.problems),
        }


class LimitsCompare(LimitsPage):
    template_name = "cms/limits/compare.html"
    page_title = "比较两个版本"

    def load(self, **kwargs: Any) -> None:
        self.rows = [limit_pages.row_of(self._pk(name)) for name in ("a", "b")]

    def _pk(self, name: str) -> int:
        typed = self.request.GET.get(name, "")
        return int(typed) if typed.isdecimal() and len(typed) < 9 else limit_pages.BUILT_IN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        active = profiles.active_row()
        before, after = (limit_pages.version_of(row, active) for row in self.rows)
        found = profiles.differences(before.profile, after.profile)
        return super().get_context_data(**kwargs) | {
            "before": before,
            "after": after,
            "choices": [(limit_pages.BUILT_IN, limit_pages.version_of(None, active).profile.label)]
            + [(row.pk, str(row)) for row in ThresholdProfile.objects.all()[:100]],
            "rows": [
                (each, limit_pages.TITLES[each.limit.check], profiles.source_of(self.rows[1], each.name))
                for each in found
            ],
            "same": len(LIMITS) - len(found),
        }


@require_POST
@transaction.atomic
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    _only(request, Role.ADMIN)
    row = limit_pages.row_of(pk)
    try:
        limit_pages.put_in_force(row, why=request.POST.get("why", ""), by=request.user, now=timezone.now())
    except BadLimits as bad:
        return back_with(request, reverse("cms:limits_version", args=[pk]), error=str(bad))
    done = "已启用。新的视频按它判定；已测量的视频正在后台重新判定，不用重新解码。"
    return back_with(request, reverse("cms:limits"), done=done)


@require_POST
def rejudge(request: HttpRequest) -> HttpResponse:
    """For what was judged otherwise, as after an update of the built-in limits."""
    _only(request, Role.ADMIN)
    limit_pages.judge_waiting(now=timezone.now())
    return redirect("cms:limits")


def judging(request: HttpRequest) -> HttpResponse:
    _only(request, *READERS)
    return render(request, "cms/limits/judging.html", {"judging": limit_pages.judging()})


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that `check_video --profile` takes."""
    _only(request, *READERS)
    profile = limit_pages.version_of(limit_pages.row_of(pk), None).profile
    text = json.dumps(profile.to_json(), ensure_ascii=False, indent=2)
    name = content_disposition_header(True, f"{profile.label}.json")
    return HttpResponse(text, "application/json", headers={"Content-Disposition": name})


def _only(request: HttpRequest, *roles: Role) -> None:
    if not request.user.has_role(*roles):
        raise PermissionDenied("您没有查看这个页面的权限。")
