"""The handbook for everybody who has logged in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.roles import Role
from cms import handbook


@login_required
def start(request: HttpRequest) -> HttpResponse:
    return redirect("site:handbook", role=handbook.own_page(request.user))


@login_required
def page(request: HttpRequest, role: str) -> HttpResponse:
    if role not in handbook.PAGES:
        raise Http404
    shown = {"title": handbook.PAGES[role], "html": handbook.page_html(Role(role)), "pages": handbook.PAGES}
    return render(request, "cms/site/handbook.html", shown | {"here": role})


@login_required
def picture(request: HttpRequest, role: str, name: str) -> HttpResponse:
    path = handbook.picture(name)
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")
