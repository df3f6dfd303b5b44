"""The site as a new user starts it: `./run` on a free port, with a data folder of its own."""

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cms.demo.people import PASSWORD
from tests.browsing import browsing
from tests.servers.installation import ROOT
from tests.servers.processes import eventually, free_port, listening

SHOTS = os.environ.get("ANKE_SHOTS")  # a folder: keep a picture of each step


@dataclass
class Site:
    """A running `./run` and the browser that visits it; one window per person."""

    url: str
    browser: Browser
    steps: int = 0

    def log_in(self, username: str, *, width: int = 1440) -> Page:
        context = self.browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(f"{self.url}/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        return page

    def shot(self, page: Page, name: str) -> None:
        if SHOTS:
            self.steps += 1
            page.screenshot(path=Path(SHOTS) / f"{self.steps:02d}-{name}.png", full_page=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def running_site(browser: Browser, tmp_path_factory) -> Iterator[tuple[subprocess.Popen, str]]:
    port, folder = free_port(), tmp_path_factory.mktemp("site")
    own = {"PORT": str(port), "ANKE_VAR": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANKE_", "DJANGO_"))}
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            ["bash", "run"], cwd=ROOT, env=kept | own, stdout=log, stderr=log, start_new_session=True
        )
    try:
        eventually(lambda: "Ctrl-C" in (folder / "run.log").read_text(), "./run greets", seconds=300)
        yield process, f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        assert not listening(port), "Ctrl-C left the web server behind"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def site(running_site, browser: Browser) -> Site:
    return Site(running_site[1], browser)
