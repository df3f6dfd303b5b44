"""The handbook is one click away, for each role its own page first."""

import re
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from accounts.roles import Role
from cms import handbook
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_each_person_finds_the_page_of_their_role(client, role):
    client.force_login(makers.make_user(role))
    response = client.get(reverse("site:handbook_start"), follow=True)
    assert response.request["PATH_INFO"] == reverse("site:handbook", args=[role])
    assert f">{handbook.PAGES[role]}</a>" in response.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_links_and_pictures_of_a_page_lead_somewhere(client, role):
    client.force_login(makers.make_user(role))
    page = reverse("site:handbook", args=[role])
    shown = client.get(page).content.decode()
    article = shown[shown.index("<article") : shown.index("</article>")]
    links = re.findall(r'(?:href|src)="([^"#]+)', article)
    assert links
    for link in links:
        assert client.get(urljoin(page, link), follow=True).status_code == 200, link


def test_strangers_log_in_first_and_junk_is_not_found(client):
    assert client.get(reverse("site:handbook_start")).url.startswith("/login/")
    client.force_login(makers.make_user(Role.AUTHOR))
    assert client.get("/handbook/secret_key/").status_code == 404
    assert client.get("/handbook/author/pictures/..%2Fauthor.md").status_code == 404
