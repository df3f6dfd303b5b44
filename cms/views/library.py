"""The library: published courses for institutions to choose from."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Role
from catalog.models import TrainingKind
from cms.coverage.editions import current_edition
from cms.library import Search, cards, find, tree

PER_PAGE = 24


@login_required
def library(request: HttpRequest) -> HttpResponse:
    today, search = timezone.localdate(), Search.from_query(request.GET)
    edition = current_edition(today)
    found = find(search, edition, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "cards": cards(page.object_list, user=request.user, today=today),
        "tree": tree(search, edition, request.user),
        "kinds": TrainingKind.choices,
        "has_role": request.user.has_role(*Role),
    }
    return render(request, "cms/site/library.html", context)
