"""What an institution has chosen, and choosing."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.roles import Role
from cms import selections
from cms.library import readable_by
from cms.models import Selection
from cms.views.base import back_with
from cms.views.reminders import reminders_context


@login_required
def my_courses(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not user.has_role(Role.INSTITUTION) or user.institution is None:
        raise PermissionDenied("这个页面给培训机构的人员使用：它列出本机构选用的课程。")
    chosen = selections.chosen_courses(user.institution, today=timezone.localdate())
    return render(request, "cms/site/my_courses.html", {"chosen": chosen} | reminders_context(request))


@login_required
@require_POST
def select(request: HttpRequest, pk: UUID) -> HttpResponse:
    release = get_object_or_404(readable_by(request.user), pk=pk)
    selections.select_release(release, by=request.user)
    return back_with(request, "site:my_courses", done=f"已选用「{release.title}」第 {release.number} 版。")


@login_required
@require_POST
def unselect(request: HttpRequest, pk: UUID) -> HttpResponse:
    chosen = Selection.objects.select_related("release").filter(institution=request.user.institution_id)
    selection = get_object_or_404(chosen, release=pk)
    selections.unselect(selection, by=request.user)
    done = f"已取消选用「{selection.release.title}」第 {selection.release.number} 版。"
    return back_with(request, "site:my_courses", done=done)
