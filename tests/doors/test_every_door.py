"""Whoever knocks at a door of ours gets what they may have; nobody a draft of another institution."""

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.doors.addresses import address, doors, form
from tests.doors.table import PEOPLE, rules
from tests.doors.world import SECRET, World, make_world
from tests.media_pipeline.clips import Clips

pytestmark = pytest.mark.django_db
STRANGERS = ("anonymous", "outsider", "institution")


@pytest.fixture
def world(tmp_path) -> World:
    return make_world(Clips(tmp_path).lecture().read_bytes())


def clients(world: World) -> dict[str, Client]:
    made = {who: Client(raise_request_exception=False) for who in PEOPLE}
    for who, client in made.items():
        if person := world.people[who]:
            client.force_login(person)
    return made


def knock(client: Client, method: str, url: str, posted: dict[str, Any]) -> tuple[str, bool]:
    """What came back in a word, and whether it tells of the draft; nothing that was done stays."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic("GET", url) if method == "GET" else client.post(url, posted)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies  # logging out is undone too
    return word_of(response), SECRET.encode() in body


def word_of(response: HttpResponse) -> str:
    """The status; of a redirect whether it leads to the log-in or away from what is not one's own."""
    if response.status_code != 302:
        return str(response.status_code)
    to = response["Location"].split("?")[0]
    return "login" if to.endswith("/login/") else "away" if to == "/admin/" else "302"


def test_every_door_lets_in_whom_it_should_and_nobody_else(world):
    rows = rules()
    people, wrong = clients(world), {}
    for name, (route, arguments) in doors().items():
        method, *expected = rows.get(name, ["GET"])
        url, posted = address(name, route, arguments, world), form(route, world)
        got = [knock(people[who], method, url, posted) for who in PEOPLE]
        words = [word for word, _ in got]
        told = [who for who, (_, tells) in zip(PEOPLE, got, strict=True) if tells and who in STRANGERS]
        if told or "500" in words or (expected and words != expected):
            wrong[name] = f"{method} {words}, expected {expected}, told the draft: {told}"
    assert wrong == {}
    assert rows.keys() == doors().keys(), rows.keys() ^ doors().keys()
