"""Our own client, upload.js, in a real browser: what a person loses when something breaks is nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import browsing
from tests.servers.processes import eventually, kill_group
from tests.servers.website import Website

pytestmark = [pytest.mark.servers, pytest.mark.browser]

START = """([target, csrf]) => {
  window.seen = {accepted: [], progress: [], done: null, error: null};
  window.upload = AnkeUpload.start({
    file: document.querySelector("input").files[0], endpoint: "/uploads/", target, csrf,
    onAccepted: async (url, id) => { seen.accepted.push(id); },
    onProgress: (sent, total) => { seen.progress.push(sent); },
    onDone: (id) => { seen.done = id; },
    onError: (sentence) => { seen.error = sentence; },
  });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture
def site(on_files) -> Website:
    return Website(on_files)


@pytest.fixture
def page(browser: Browser, site: Website) -> Iterator[Page]:
    """A page of an author behind a line of 5 MB/s."""
    session, token = site.log_in()
    context = browser.new_context()
    cookies = {"sessionid": session, "csrftoken": token}
    context.add_cookies([{"name": name, "value": cookies[name], "url": site.url("/")} for name in cookies])
    page = context.new_page()
    page.csrf = token
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 5_000_000}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    yield page
    context.close()


def choose(page: Page, site: Website, film) -> None:
    """Open a page with our script and pick the file, as after a reload."""
    page.goto(site.url("/static/media_pipeline/upload.js"))
    page.set_content('<input type="file"><script src="/static/media_pipeline/upload.js"></script>')
    page.wait_for_function("window.AnkeUpload")
    page.set_input_files("input", film)


def test_an_upload_survives_a_kill_of_the_server(site, page, film):
    with site.running() as first:
        choose(page, site, film)
        page.evaluate(START, ["lesson-7", page.csrf])
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        kill_group(first)
    with site.running():
        page.wait_for_function("seen.done || seen.error", timeout=90_000)
        seen = page.evaluate("seen")
    assert (seen["accepted"], seen["error"]) == ([seen["done"]], None)
    assert seen["progress"] == sorted(seen["progress"])
    assert seen["progress"][-1] == film.stat().st_size
    assert site.videos() == [[film.name, "inspecting", site.digest(film), film.stat().st_size]]


def test_after_leaving_the_page_the_same_file_goes_on_where_it_was(site, page, film):
    with site.running():
        choose(page, site, film)
        page.evaluate(START, ["lesson-7", page.csrf])
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        choose(page, site, film)
        pending = page.evaluate("AnkeUpload.pendingFor('lesson-7')")
        page.evaluate(START, ["lesson-7", page.csrf])
        page.wait_for_function("seen.done || seen.error", timeout=60_000)
        seen = page.evaluate("seen")
        after = page.evaluate("AnkeUpload.pendingFor('lesson-7')")
    assert pending == {"name": film.name, "size": film.stat().st_size, "videoId": seen["done"]}
    assert (seen["accepted"], seen["error"], after) == ([seen["done"]], None, None)
    assert seen["progress"][0] > 1_000_000
    assert site.videos() == [[film.name, "inspecting", site.digest(film), film.stat().st_size]]


def test_a_pause_holds_the_upload_until_it_goes_on(site, page, film):
    with site.running():
        choose(page, site, film)
        page.evaluate(START, ["lesson-7", page.csrf])
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        page.evaluate("upload.pause(); upload.running")
        held = page.evaluate("[seen.done, seen.error]")
        page.evaluate("upload.resume()")
        page.wait_for_function("seen.done || seen.error", timeout=60_000)
    assert held == [None, None]
    assert site.videos() == [[film.name, "inspecting", site.digest(film), film.stat().st_size]]


def test_a_cancelled_upload_leaves_no_bytes(site, page, film):
    with site.running():
        choose(page, site, film)
        page.evaluate(START, ["lesson-7", page.csrf])
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        page.evaluate("upload.cancel()")
        eventually(lambda: site.received() == 0, "the partial file is deleted")
        pending = page.evaluate("AnkeUpload.pendingFor('lesson-7')")
    assert pending is None


def test_what_the_server_refuses_is_said_in_its_words(site, page, tmp_path):
    text = tmp_path / "教案.mp4"
    text.write_text("安全生产" * 50_000)
    with site.running():
        choose(page, site, text)
        page.evaluate(START, ["lesson-7", page.csrf])
        page.wait_for_function("seen.done || seen.error", timeout=60_000)
        seen = page.evaluate("[seen.error, seen.accepted, AnkeUpload.pendingFor('lesson-7')]")
    assert seen == ["这是一个文本文件，不是视频。请导出为 MP4（H.264 + AAC）后再上传。", [], None]


def test_a_wrong_file_takes_nothing_from_the_upload_that_was_broken_off(site, page, film, tmp_path):
    text = tmp_path / "教案.mp4"
    text.write_text("安全生产" * 50_000)
    with site.running():
        choose(page, site, film)
        page.evaluate(START, ["lesson-7", page.csrf])
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        choose(page, site, text)
        page.evaluate(START, ["lesson-7", page.csrf])
        page.wait_for_function("seen.error", timeout=60_000)
        pending = page.evaluate("AnkeUpload.pendingFor('lesson-7')")
    assert pending["name"] == film.name
