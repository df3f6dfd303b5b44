"""The one player in a real browser: qualities, captions, keys, thumbnails, and sources that fail."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from media_pipeline import captioning
from media_pipeline.captions import Cue
from media_pipeline.models import Rendition, Video
from tests.browsing import browsing
from tests.makers import make_rendition, make_user, make_video
from tests.media_pipeline.clips import Clips

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECONDS = 12
PICTURE = f"testsrc2=size=320x180:rate=25:duration={SECONDS}"
VOICE = f"sine=frequency=440:duration={SECONDS}"
SHEET = ("-f", "lavfi", "-i", "testsrc2=size=1600x900:rate=1:duration=1", "-frames:v", "1")


@pytest.fixture(scope="module")
def clips(tmp_path_factory) -> Clips:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def video(clips) -> Video:
    """Twelve seconds in two qualities beside the original, with a picture for every second and captions."""
    clip = clips.lecture(picture=PICTURE, voice=VOICE, more=("-movflags", "+faststart")).read_bytes()
    author = make_user(Role.AUTHOR, name="author")
    video = make_video(by=author, duration_s=SECONDS, data=clip)
    for name in ("high.mp4", "low.mp4"):
        make_rendition(video, name, data=clip)
    make_rendition(video, "sprite-0.jpg", data=clips.make(*SHEET, suffix="jpg").read_bytes())
    Rendition.objects.filter(kind="sprite").update(width=160, height=90, every_s=1)
    said = [Cue(0, 6, "先断开电源"), Cue(6, SECONDS, "再挂接地线")]
    captioning.save(video, said, based_on=0, by=author, now=video.created_at)
    return video


@pytest.fixture
def page(video, client, live_server) -> Iterator[Page]:
    """The video's report as its author has it open."""
    client.force_login(video.uploaded_by)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browsing() as browser:
        page = browser.new_page()
        page.context.add_cookies([cookie])
        page.goto(f"{live_server.url}/admin/videos/{video.pk}/")
        loaded(page)
        yield page


def loaded(page: Page) -> None:
    page.wait_for_function("document.querySelector('video').readyState >= 2")


def second(page: Page) -> float:
    return page.evaluate("document.querySelector('video').currentTime")


def source(page: Page) -> str:
    return page.evaluate("document.querySelector('video').src").rsplit("/", 2)[-1] or "original"


def seek(page: Page, at: float) -> None:
    page.evaluate("at => { document.querySelector('video').currentTime = at; }", at)
    page.wait_for_function("!document.querySelector('video').seeking")


def test_a_place_that_asks_for_it_plays_from_there(page):
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<button data-seek=6 data-play>听</button>')"
    )
    page.get_by_role("button", name="听").dispatch_event("click")
    page.wait_for_function("document.querySelector('video').currentTime > 6.2")
    assert not page.evaluate("document.querySelector('video').paused")


def test_another_quality_goes_on_at_the_same_place_and_is_remembered(page):
    assert source(page) == "high.mp4"
    seek(page, 7)
    page.get_by_label("清晰度").select_option(label="流畅 360")
    page.wait_for_function("document.querySelector('video').currentTime > 6.9")
    assert (source(page), second(page)) == ("low.mp4", pytest.approx(7, abs=0.1))
    assert page.evaluate("document.querySelector('video').paused")

    page.get_by_label("播放", exact=True).click()
    page.wait_for_function("document.querySelector('video').currentTime > 7.2")
    page.get_by_label("速度").select_option("2")
    page.get_by_label("清晰度").select_option(label="高清 360")
    page.wait_for_function("document.querySelector('video').currentTime > 7.3")
    state = page.evaluate(
        "(({paused, playbackRate}) => [paused, playbackRate])(document.querySelector('video'))"
    )
    assert (source(page), state) == ("high.mp4", [False, 2])

    page.get_by_label("清晰度").select_option(label="流畅 360")
    page.reload()
    loaded(page)
    assert source(page) == "low.mp4"


def test_captions_are_shown_and_hidden_by_menu_and_key(page):
    menu = page.get_by_label("字幕", exact=True)
    modes = "[...document.querySelector('video').textTracks].map((track) => track.mode)"
    assert menu.locator("option").all_inner_texts() == ["无字幕", "中文"]
    menu.select_option(label="中文")
    assert page.evaluate(modes) == ["showing"]
    seek(page, 1)
    page.wait_for_function("document.querySelector('video').textTracks[0].activeCues?.length === 1")
    assert page.evaluate("document.querySelector('video').textTracks[0].activeCues[0].text") == "先断开电源"
    page.locator("video").focus()
    page.keyboard.press("c")
    assert (page.evaluate(modes), menu.input_value()) == (["hidden"], "-1")
    page.keyboard.press("c")
    assert (page.evaluate(modes), menu.input_value()) == (["showing"], "0")


def test_every_key_does_what_the_handbook_says_and_none_while_a_menu_has_it(page):
    page.get_by_label("播放位置").focus()
    for key, at in [("End", SECONDS), ("Home", 0), ("l", 10), ("ArrowLeft", 5), ("ArrowRight", 10), ("j", 0)]:
        page.keyboard.press(key)
        assert second(page) == pytest.approx(at, abs=0.1), key
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    found = page.evaluate("(({volume, muted}) => [volume, muted])(document.querySelector('video'))")
    assert found == [pytest.approx(0.9), True]
    for key, paused in [(" ", False), ("k", True), (" ", False), (" ", True)]:
        page.keyboard.press(key)
        assert page.evaluate("document.querySelector('video').paused") is paused
    seek(page, 3)
    page.get_by_label("速度").focus()
    page.keyboard.press("l")
    assert second(page) == 3


def test_the_seek_bar_shows_the_picture_of_the_place_for_pointer_finger_and_key(page):
    bar, peek = page.locator("[data-player-seek]"), page.locator("[data-player-peek]")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    expect(peek).to_be_hidden()
    page.mouse.move(box["x"] + box["width"] * 0.625, box["y"] + box["height"] / 2)
    expect(peek).to_contain_text("0:07")
    picture = page.locator("[data-player-picture]")
    style = picture.evaluate("(each) => [each.style.backgroundPosition, each.style.backgroundImage]")
    assert (style[0], "sprite-0.jpg" in style[1]) == ("-1120px 0px", True)  # the eighth of a row of 160 px
    assert abs(peek.bounding_box()["x"] + 83 - (box["x"] + box["width"] * 0.625)) < 4

    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.29, box["y"] + box["height"] / 2, steps=4)
    expect(peek).to_contain_text("0:03")
    page.mouse.up()
    assert second(page) == pytest.approx(3.5, abs=0.3)
    page.mouse.move(5, 5)
    expect(peek).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(peek).to_contain_text("0:08")


def test_a_source_that_fails_gives_way_at_the_same_place(page):
    page.route("**/low.mp4", lambda route: route.fulfill(status=404))
    page.get_by_label("播放", exact=True).click()
    seek(page, 6)
    page.get_by_label("清晰度").select_option(label="流畅 360")
    expect(page.locator("[data-player-told]")).to_have_text(
        "「流畅 360」放不出来，已换成「原画」，位置不变。"
    )
    page.wait_for_function("document.querySelector('video').currentTime > 6.2")
    assert not page.evaluate("document.querySelector('video').paused")
    assert page.get_by_label("清晰度").locator("option:checked").inner_text() == "原画"


def test_the_lowest_falls_back_upwards_and_only_then_there_is_a_sentence(page, video):
    page.get_by_label("清晰度").select_option(label="原画")
    loaded(page)
    seek(page, 5)
    page.route("**/low.mp4", lambda route: route.fulfill(status=404))
    page.route(f"**/{video.pk}/file", lambda route: route.fulfill(status=404))
    page.get_by_label("清晰度").select_option(label="流畅 360")
    expect(page.locator("[data-player-told]")).to_contain_text("已换成「高清 360」")
    page.wait_for_function("document.querySelector('video').currentTime > 4.9")
    expect(page.locator("[data-player-error]")).to_be_hidden()

    page.route("**/high.mp4", lambda route: route.fulfill(status=404))
    page.reload()
    expect(page.locator("[data-player-error]")).to_contain_text("下载原文件")
    expect(page.locator("[data-player-told]")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_of_the_player_stands_outside_it(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    outside = page.evaluate("""() => {
      const frame = document.querySelector("[data-player]").getBoundingClientRect();
      return [...document.querySelectorAll(".player-buttons > *:not([hidden])")]
        .filter((each) => each.offsetParent)
        .filter((each) => each.getBoundingClientRect().right > frame.right + 1)
        .map((each) => each.getAttribute("aria-label"));
    }""")
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
