"""Where files are kept by setting, and what an outage means to a job, a page and a person."""

import errno
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.storage import storage_settings
from media_pipeline.jobs import inspecting
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import ALTERED, work
from media_pipeline.keeping.folder import FolderStorage
from media_pipeline.keeping.refusals import DOWN, Altered, NotNow
from media_pipeline.keeping.room import NO_ROOM
from media_pipeline.models import Job, Measurement, Video
from media_pipeline.receiving import uploads

FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 4


@pytest.fixture
def video(author, now, media_root: Path) -> Video:
    path = media_root / "触电.mp4"
    path.write_bytes(FILM)
    return uploads.add_file(path, by=author, now=now)


def raising(error: Exception):
    def act(*args, **kwargs):
        raise error

    return act


def test_without_the_setting_files_lie_on_this_machine():
    assert storage_settings(None) == {"BACKEND": "media_pipeline.keeping.folder.FolderStorage"}


def test_one_address_says_where_the_bucket_is():
    url = (
        "s3://anke%3Akey:a%2Fb%2Bc@oss.example.cn:9000/files/anke?scheme=http&region=cn-1&addressing=virtual"
    )
    assert storage_settings(url + "&redirect=300")["OPTIONS"] == {
        "endpoint_url": "http://oss.example.cn:9000",
        "access_key": "anke:key",
        "secret_key": "a/b+c",
        "bucket_name": "files",
        "location": "anke",
        "region_name": "cn-1",
        "addressing_style": "virtual",
        "redirect_s": 300,
    }


@pytest.mark.parametrize(
    "url",
    [
        "s3://host/bucket",
        "s3://key:secret@host",
        "https://key:secret@host/bucket",
        "s3://key:secret@host/bucket?public=1",
        "s3://key:secret@host/bucket?scheme=ftp",
        "s3://key:secret@host/bucket?redirect=soon",
    ],
)
def test_an_address_that_leaves_something_open_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        storage_settings(url)


@pytest.mark.django_db
def test_a_job_whose_file_is_out_of_reach_waits_however_long_and_says_why(video, now, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr(FolderStorage, "at_hand", raising(NotNow(DOWN)))
        for _ in range(2 * jobs.MAX_ATTEMPTS):
            inspecting.run(video.job_id, clock=lambda: now)
    job = Job.objects.get(pk=video.job_id)
    assert (job.state, job.attempts, job.stage, job.error) == ("queued", 0, DOWN, "")
    assert not Measurement.objects.exists()
    assert jobs.requeue_overdue(now + jobs.REDELIVER_AFTER * 2) == 1


@pytest.mark.django_db
def test_a_file_with_other_bytes_ends_the_job_without_a_verdict(video, now, monkeypatch):
    monkeypatch.setattr(FolderStorage, "at_hand", raising(Altered("videos/1")))
    inspecting.run(video.job_id, clock=lambda: now)
    job = Job.objects.get(pk=video.job_id)
    assert (job.state, job.error, Measurement.objects.count()) == ("failed", ALTERED, 0)


@pytest.mark.django_db
def test_a_job_that_finds_the_disk_full_waits_and_ends_once_there_is_room(video, now):
    def full(job_id, report):
        raise OSError(errno.ENOSPC, "No space left on device")

    for _ in range(2 * jobs.MAX_ATTEMPTS):
        work(video.job_id, full, clock=lambda: now)
    job = Job.objects.get(pk=video.job_id)
    assert (job.state, job.attempts, job.stage, job.error) == ("queued", 0, NO_ROOM, "")
    work(video.job_id, lambda job_id, report: lambda now: None, clock=lambda: now)
    assert Job.objects.get(pk=video.job_id).state == "succeeded"


@pytest.mark.django_db
def test_what_is_put_off_after_the_lease_was_lost_changes_nothing(video, now):
    def overtaken(job_id, report):
        Job.objects.filter(pk=job_id).update(state="queued", lease_token=None, lease_until=None, stage="别人")
        raise NotNow(DOWN)

    work(video.job_id, overtaken, clock=lambda: now)
    assert Job.objects.get(pk=video.job_id).stage == "别人"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(NotNow(DOWN), 503, "暂时取不到文件"), (FileNotFoundError(), 404, "没有找到")],
)
def test_a_page_says_in_one_sentence_that_a_file_cannot_be_had(
    video, author, client, monkeypatch, error, status, words
):
    monkeypatch.setattr(FolderStorage, "span", raising(error))
    client.force_login(author)
    answer = client.get(f"/videos/{video.pk}/file")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


@pytest.mark.django_db
def test_a_browser_may_be_sent_to_a_signed_address_and_keeps_none(video, author, client, monkeypatch):
    monkeypatch.setattr(FolderStorage, "address", lambda self, name, **shown: f"https://bucket/{name}?signed")
    client.force_login(author)
    answer = client.get(f"/videos/{video.pk}/file", headers={"Range": "bytes=5-9"})
    assert (answer.status_code, answer["Location"]) == (302, f"https://bucket/{video.file.name}?signed")
    assert answer["Cache-Control"] == "no-store"
    assert client.head(f"/videos/{video.pk}/file")["Content-Length"] == str(len(FILM))


def test_without_a_bucket_there_is_nothing_to_move():
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("move_files", stderr=said)
    assert (end.value.code, "STORAGE_URL" in said.getvalue()) == (2, True)
