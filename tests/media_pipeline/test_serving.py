"""The file of a video in ranges, for those who may see it."""

import pytest
from django.test import RequestFactory

from accounts.roles import Role
from media_pipeline.models import Video
from media_pipeline.receiving import serving, uploads

pytestmark = pytest.mark.django_db
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 4
SIZE = len(FILM)


@pytest.fixture
def video(author, now, media_root) -> Video:
    path = media_root / "触电 急救.mp4"
    path.write_bytes(FILM)
    return uploads.add_file(path, by=author, now=now)


@pytest.fixture
def web(client, author):
    client.force_login(author)
    return client


def get(web, video: Video, method: str = "get", **headers: str) -> tuple[int, bytes, dict]:
    response = getattr(web, method)(f"/videos/{video.pk}/file", headers=headers)
    return response.status_code, response.getvalue(), response.headers


def test_the_whole_file_comes_with_what_a_player_needs(web, video):
    status, content, headers = get(web, video)
    assert (status, content) == (200, FILM)
    assert {name: headers[name] for name in SAID} == SAID | {"ETag": f'"{video.sha256}"'}


SAID = {
    "Content-Length": str(SIZE),
    "Content-Type": "video/mp4",
    "Content-Disposition": "inline; filename*=utf-8''%E8%A7%A6%E7%94%B5%20%E6%80%A5%E6%95%91.mp4",
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT",
    "ETag": "",
}


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-24", SIZE - 24, SIZE - 1),
        ("bytes=-999999", 0, SIZE - 1),
        ("bytes=1000-999999", 1000, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)
def test_a_range_is_answered_with_exactly_its_bytes(web, video, asked, start, end):
    status, content, headers = get(web, video, Range=asked)
    assert (status, content) == (206, FILM[start : end + 1])
    assert headers["Content-Range"] == f"bytes {start}-{end}/{SIZE}"
    assert headers["Content-Length"] == str(end - start + 1)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=99999-100000"])
def test_a_range_beyond_the_end_is_unsatisfiable(web, video, asked):
    status, content, headers = get(web, video, Range=asked)
    assert (status, content, headers["Content-Range"]) == (416, b"", f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=٣-", f"bytes=0-{'9' * 5000}"],
)
def test_a_range_that_makes_no_sense_gets_the_whole_file(web, video, asked):
    assert get(web, video, Range=asked)[:2] == (200, FILM)


def test_a_range_of_another_version_gets_the_whole_file(web, video):
    assert get(web, video, Range="bytes=0-9", **{"If-Range": '"other"'})[:2] == (200, FILM)


@pytest.mark.parametrize("condition", ["etag", "Mon, 23 Nov 2026 09:00:00 GMT"])
def test_a_range_of_this_version_is_honoured(web, video, condition):
    condition = condition.replace("etag", f'"{video.sha256}"')
    assert get(web, video, Range="bytes=0-9", **{"If-Range": condition})[:2] == (206, FILM[:10])


def test_what_the_browser_has_is_not_sent_again(web, video):
    assert get(web, video, **{"If-None-Match": f'"{video.sha256}"'})[:2] == (304, b"")


def test_head_tells_all_and_sends_nothing(web, video):
    status, content, headers = get(web, video, method="head", Range="bytes=0-99")
    assert (status, content, headers["Content-Length"]) == (206, b"", "100")


def test_behind_a_proxy_the_proxy_sends_the_file(web, video, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    status, content, headers = get(web, video)
    assert (status, content) == (200, b"")
    assert headers["X-Accel-Redirect"] == f"/protected/videos/{video.pk}/original.mp4"
    assert headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize(
    ("roles", "institution", "status"),
    [
        ([Role.AUTHOR], "甲培训中心", 200),
        ([Role.AUTHOR], "乙培训中心", 404),
        ([Role.AUTHOR], None, 404),
        ([Role.REVIEWER], None, 200),
        ([Role.ADMIN], None, 200),
        ([Role.INSTITUTION], "甲培训中心", 404),
        ([], None, 404),
    ],
)
@pytest.mark.parametrize("address", ["file", "status"])
def test_a_video_exists_for_its_institution_and_for_reviewers(
    client, person, video, roles, institution, status, address
):
    client.force_login(person(*roles, institution=institution))
    assert client.get(f"/videos/{video.pk}/{address}").status_code == status


@pytest.mark.parametrize("address", ["file", "status"])
def test_a_video_does_not_exist_for_who_is_logged_out(client, video, address):
    assert client.get(f"/videos/{video.pk}/{address}").status_code == 404


def test_a_video_on_its_way_has_no_file_yet(web, author, now, media_root):
    upload = uploads.create(by=author, name="触电.mp4", length=SIZE, now=now)
    assert web.get(f"/videos/{upload.pk}/file").status_code == 404


def test_the_status_tells_a_page_what_to_show(web, video):
    assert web.get(f"/videos/{video.pk}/status").json() == {
        "id": str(video.pk),
        "state": "inspecting",
        "label": "检查中",
        "progress": 0.0,
        "stage": "",
        "error": "",
        "verdict": "",
        "duration_s": None,
    }


def test_a_published_file_is_served_without_asking_who_reads(video):
    request = RequestFactory().get("/", headers={"Range": "bytes=4-7"})
    assert serving.range_response(request, serving.original(video)).getvalue() == b"ftyp"
