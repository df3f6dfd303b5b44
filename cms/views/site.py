"""The front door: each person goes to where their work is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import Role


@login_required
def home(request: HttpRequest) -> HttpResponse:
    works_here = request.user.has_role(Role.AUTHOR, Role.REVIEWER, Role.ADMIN)
    return redirect("wagtailadmin_home" if works_here else "site:library")
