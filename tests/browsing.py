"""A real browser for tests: the machine's own Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The path of the browser; without it the test is skipped, or fails where browsers are demanded."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if os.environ.get("ANKE_REQUIRE_SERVERS"):
        pytest.fail("Chromium is not installed, and ANKE_REQUIRE_SERVERS demands it")
    pytest.skip("Chromium is not installed")


@contextmanager
def browsing() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
