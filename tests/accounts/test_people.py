"""Admins look after people and institutions in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Institution, User
from accounts.roles import Role
from tests import makers

pytestmark = pytest.mark.django_db
ADD = "wagtailusers_users:add"


@pytest.fixture
def admin(client):
    user = makers.make_user(Role.ADMIN)
    client.force_login(user)
    return user


def person_form(**changes):
    return {
        "username": "wang",
        "email": "wang@example.org",
        "first_name": "安",
        "last_name": "王",
        "password1": "Qx7-lang-genug",
        "password2": "Qx7-lang-genug",
    } | changes


def test_an_admin_makes_an_author_of_an_institution(client, admin):
    institution = makers.make_institution("甲中心")
    group = Group.objects.get(name=Role.AUTHOR.group_name)
    shown = client.get(reverse(ADD)).content.decode()
    assert "所属机构" in shown
    client.post(reverse(ADD), person_form(institution=institution.pk, groups=[group.pk]))
    user = User.objects.get(username="wang")
    assert (user.institution, user.roles, str(user)) == (institution, frozenset({Role.AUTHOR}), "王安")


def test_nobody_makes_a_superuser_in_the_browser(client, admin):
    client.post(reverse(ADD), person_form(is_superuser="on"))
    assert not User.objects.get(username="wang").is_superuser
    client.post(
        reverse("wagtailusers_users:edit", args=[admin.pk]),
        person_form(username=admin.username, is_superuser="on", password1="", password2=""),
    )
    admin.refresh_from_db()
    assert not admin.is_superuser


def test_an_institution_and_its_space_are_set_in_the_admin(client, admin):
    client.post(reverse("institution:add"), {"name": "乙学校", "upload_quota_gib": "3"})
    assert Institution.objects.get(name="乙学校").upload_quota_bytes == 3 * 1024**3


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.INSTITUTION])
def test_others_do_not(client, role):
    client.force_login(makers.make_user(role))
    for name in (ADD, "wagtailusers_users:index", "institution:add", "institution:index"):
        response = client.get(reverse(name))
        assert (response.status_code, response.url.startswith(("/admin/", "/login/"))) == (302, True), name


def test_an_inactive_person_has_no_role():
    user = makers.make_user(Role.AUTHOR)
    user.is_active = False
    assert user.roles == frozenset()


def test_a_superuser_is_an_admin():
    user = makers.make_user(Role.AUTHOR)
    user.is_superuser = True
    assert user.roles == {Role.AUTHOR, Role.ADMIN}


def test_the_list_of_people_names_role_and_institution_at_a_fixed_cost(client, admin):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("wagtailusers_users:index"))
        return len(captured), page.content.decode()

    makers.make_user(Role.AUTHOR, Role.REVIEWER, institution=makers.make_institution("甲中心"))
    makers.make_user()
    cost()
    few, page = cost()
    assert [word for word in ("课程作者、审核员", "甲中心", "没有角色") if word not in page] == []
    for _ in range(3):
        makers.make_user(Role.AUTHOR)
    assert cost()[0] == few
