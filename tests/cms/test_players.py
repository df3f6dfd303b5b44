"""What the player gets, and the doors in front of each of its files."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.footage.players import AdminPlace, SitePlace, players_of
from media_pipeline.models import Captions, Job, Video
from tests.makers import (
    make_course,
    make_institution,
    make_lesson,
    make_released_course,
    make_rendition,
    make_user,
    make_video,
)
from tests.makers import release as release_course

pytestmark = pytest.mark.django_db
NAMES = ("high.mp4", "low.mp4", "poster.jpg", "sprite-0.jpg")


@pytest.fixture
def release():
    return make_released_course()


@pytest.fixture
def video(release) -> Video:
    video = Video.objects.with_inspection().get(pk=release.manifest["lessons"][0]["video"]["id"])
    for name in NAMES:
        make_rendition(video, name, data=name.encode())
    return video


@pytest.fixture
def reader(client):
    client.force_login(make_user(Role.INSTITUTION))
    return client


def below_release(release, video, name: str) -> str:
    return reverse("site:rendition", args=[release.pk, video.pk, name])


def caption(video: Video, number: int, text: str) -> None:
    Captions.objects.create(
        video=video, number=number, rows=[[0, 2, text]], origin="heard", created_at=timezone.now()
    )


def page_of(client, name: str, pk) -> str:
    return client.get(reverse(name, args=[pk])).content.decode()


def test_a_player_offers_the_best_first_and_the_original_last(release, video):
    player = players_of([video], SitePlace(release))[video.pk]
    assert [(each.kind, each.label) for each in player.sources] == [
        ("high", "高清 360"),
        ("low", "流畅 360"),
        ("original", "原画"),
    ]
    assert player.poster == below_release(release, video, "poster.jpg")
    assert player.thumbnails == {
        "every": 5,
        "width": 640,
        "height": 360,
        "columns": 10,
        "rows": 10,
        "sheets": [below_release(release, video, "sprite-0.jpg")],
    }


def test_a_video_without_renditions_is_played_as_it_is(release):
    video = make_video(by=make_user(Role.AUTHOR))
    player = players_of([video], AdminPlace())[video.pk]
    assert ([each.kind for each in player.sources], player.poster, player.thumbnails) == (
        ["original"],
        "",
        None,
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_institution_gets_each_file_of_a_published_release(reader, release, video, name):
    response = reader.get(below_release(release, video, name), headers={"Range": "bytes=0-3"})
    assert (response.status_code, response.getvalue()) == (206, name[:4].encode())
    assert response["Content-Type"] == ("image/jpeg" if name.endswith("jpg") else "video/mp4")


def test_no_file_is_served_under_a_release_it_does_not_belong_to(reader, release, video):
    other = make_released_course()
    assert reader.get(below_release(other, video, "low.mp4")).status_code == 404


@pytest.mark.parametrize("name", ["mid.mp4", "original.mp4", "..", "%2e%2e%2foriginal.mp4"])
def test_only_what_was_made_is_served(reader, release, video, name):
    address = below_release(release, video, "low.mp4").replace("low.mp4", name)
    assert reader.get(address).status_code == 404


def test_files_of_a_release_are_closed_to_who_may_not_read_it(client, release, video):
    address = below_release(release, video, "low.mp4")
    assert client.get(address)["Location"].startswith("/login/")
    client.force_login(make_user())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.AUTHOR, True, 200),
        (Role.AUTHOR, False, 404),
        (Role.REVIEWER, False, 200),
        (Role.ADMIN, False, 200),
        (Role.INSTITUTION, True, 404),
    ],
)
def test_a_draft_file_is_for_its_institution_and_for_reviewers(client, role, own, status):
    video = make_video(by=make_user(Role.AUTHOR))
    make_rendition(video)
    client.force_login(make_user(role, institution=video.institution if own else make_institution()))
    assert client.get(reverse("media_pipeline:rendition", args=[video.pk, "low.mp4"])).status_code == status
    page = client.get(reverse("cms:video_qualities", args=[video.pk]))
    assert page.status_code == (302 if role is Role.INSTITUTION else status)


def test_a_release_shows_the_captions_it_froze_and_the_draft_the_newest(client):
    author = make_user(Role.AUTHOR)
    course = make_course(by=author)
    make_lesson(course, by=author)
    video = Video.objects.get(uploaded_by=author)
    caption(video, 1, "先断电")
    course.refresh_from_db()
    approved = reverse("site:captions", args=[release_course(course, by=author).pk, video.pk])
    caption(video, 2, "没有审过")
    newest = reverse("cms:captions_file", args=[video.pk, 2, "vtt"])

    client.force_login(author)
    assert f'<track kind="captions" src="{newest}"' in page_of(client, "cms:video_report", video.pk)
    assert "没有审过" in client.get(newest).content.decode()
    client.force_login(make_user(Role.INSTITUTION))
    assert f'<track kind="captions" src="{approved}"' in page_of(
        client, "site:course", course.releases.get().pk
    )
    assert "先断电" in client.get(approved).content.decode()


def test_captions_made_after_the_release_are_none_of_its_own(release, video):
    caption(video, 1, "没有审过")
    assert players_of([video], SitePlace(release))[video.pk].tracks == ()


def test_pages_show_the_poster(reader, release, video):
    poster = below_release(release, video, "poster.jpg")
    assert f'src="{poster}"' in reader.get(reverse("site:library")).content.decode()
    assert f'poster="{poster}"' in reader.get(reverse("site:course", args=[release.pk])).content.decode()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("queued", "排队中"),
        ("running", "转码中 40%"),
        ("failed", "转码结果没有通过核对。"),
    ],
)
def test_the_report_says_how_far_the_qualities_are(client, state, said):
    author = make_user(Role.AUTHOR)
    video, now = make_video(by=author), timezone.now()
    running = {"lease_token": video.pk, "lease_until": now, "progress": 0.4} if state == "running" else {}
    failed = {"error": said, "finished_at": now} if state == "failed" else {}
    Job.objects.create(
        kind="render", key=video.sha256, state=state, rung_at=now, created_at=now, **running, **failed
    )
    client.force_login(author)
    page = client.get(reverse("cms:video_report", args=[video.pk])).content.decode()
    assert (said in page, "重新转码" in page) == (True, state == "failed")
    client.post(reverse("cms:retry_qualities", args=[video.pk]))
    assert Job.objects.get(kind="render").state == ("queued" if state == "failed" else state)


def test_another_institutions_author_retries_nothing(client):
    video, now = make_video(by=make_user(Role.AUTHOR)), timezone.now()
    Job.objects.create(
        kind="render",
        key=video.sha256,
        state="failed",
        error="x",
        rung_at=now,
        created_at=now,
        finished_at=now,
    )
    client.force_login(make_user(Role.AUTHOR))
    assert client.post(reverse("cms:retry_qualities", args=[video.pk])).status_code == 404
    assert Job.objects.get(kind="render").state == "failed"
