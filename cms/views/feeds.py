"""The calendar address: making one, ending it, and the calendar itself."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.law import feeds
from cms.views.base import back_with


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Calendar programs do not log in: who knows the secret reads what its person may read."""
    person = feeds.person_of(secret)
    if person is None:
        raise Http404
    body = feeds.calendar_of(person, now=timezone.now(), today=timezone.localdate())
    headers = {"Cache-Control": "private, max-age=3600", "Referrer-Policy": "no-referrer"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@login_required
def subscription(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/site/subscription.html", {"has_feed": feeds.has_feed(request.user)})


@login_required
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """The address is shown once; whoever loses it makes a new one."""
    secret = feeds.new_feed(request.user)
    address = settings.WAGTAILADMIN_BASE_URL + reverse("site:calendar", args=[secret])
    return render(request, "cms/site/subscription.html", {"has_feed": True, "address": address})


@login_required
@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    feeds.end_feed(request.user)
    return back_with(request, "site:subscription", done="原来的地址已作废，日历不再更新。")
