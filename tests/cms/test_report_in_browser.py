"""The player and the time axis move each other, in a real browser with a real clip."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page

from accounts.roles import Role
from media_pipeline.jobs import inspecting
from media_pipeline.models import Video
from media_pipeline.receiving import uploads
from tests.browsing import browsing
from tests.makers import make_user
from tests.media_pipeline.clips import Clips

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def video(author, tmp_path) -> Video:
    """Five seconds, three of them black; uploaded and waiting for its inspection."""
    black = "drawbox=t=fill:color=black:enable='between(t,1,4)'"
    clip = Clips(tmp_path).lecture(picture_filter=black)
    return uploads.add_file(clip, by=author, now=timezone.now())


@pytest.fixture
def cookie(client, author, live_server) -> dict[str, str]:
    client.force_login(author)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def inspect_apart(job_id: UUID) -> None:
    """In a thread of its own, because the browser's driver keeps an event loop in the test's."""
    inspecting.run(job_id)
    connection.connection.close()  # Django's own close() spares a database in memory


def second(page: Page) -> float:
    return page.evaluate("document.querySelector('video').currentTime")


def test_a_place_a_click_and_a_key_move_the_player(video, cookie, live_server):
    inspecting.run(video.job_id)
    with browsing() as browser:
        page = browser.new_page()
        page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}/admin/videos/{video.pk}/")
        page.wait_for_function("document.querySelector('video').readyState >= 1")

        page.locator("#check-black .report-small[data-seek]").click()
        assert second(page) == pytest.approx(1, abs=0.3)

        box = page.locator("[data-axis]").bounding_box()
        page.locator("[data-axis]").click(position={"x": box["width"] * 0.8, "y": 30})
        assert second(page) == pytest.approx(4, abs=0.1)

        page.locator("[data-axis]").click(position={"x": box["width"] * 0.5, "y": 23})
        assert second(page) == pytest.approx(2.5, abs=0.1)  # inside the band, not at its start

        head = page.get_by_role("slider", name="时间轴上的位置")
        head.press("Home")
        assert second(page) == 0
        head.press("ArrowRight")
        assert second(page) == pytest.approx(5, abs=0.1)
        assert head.get_attribute("aria-valuetext") == "0:05"


def test_the_page_becomes_the_report_without_a_click(video, cookie, live_server):
    with browsing() as browser:
        page = browser.new_page()
        page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}/admin/videos/{video.pk}/")
        assert "排队中" in page.locator(".report h1").inner_text()

        page.route("**/live/", lambda route: route.abort())  # one connection at a time to the test database
        with ThreadPoolExecutor(1) as worker:
            worker.submit(inspect_apart, video.job_id).result()
        page.unroute("**/live/")
        page.locator("[data-axis]").wait_for()
        assert "待查看" in page.locator(".report h1").inner_text()
