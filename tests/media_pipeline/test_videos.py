"""What a list of videos reads, and what its rows must never say."""

import datetime as dt
from itertools import count

import pytest
from django.db import IntegrityError, transaction

from media_pipeline.jobs import queue as jobs
from media_pipeline.models import Finding, Job, Measurement, Upload, Video

pytestmark = pytest.mark.django_db
_numbers = count(1)


@pytest.fixture
def uploading(author, now) -> Video:
    video = Video.objects.create(
        institution=author.institution, uploaded_by=author, original_name="触电.mp4", size=9, created_at=now
    )
    Upload.objects.create(video=video, length=9, expires_at=now)
    return video


@pytest.fixture
def make_video(author, now):
    """A maker of complete videos whose inspection is queued."""

    def make() -> Video:
        key = f"{next(_numbers):064x}"
        job = jobs.enqueue(kind=Job.Kind.INSPECT, key=key, now=now)
        video = Video.objects.create(
            institution=author.institution,
            uploaded_by=author,
            original_name="触电.mp4",
            size=9,
            sha256=key,
            file="videos/x/original.mp4",
            job=job,
            created_at=now,
            completed_at=now,
        )
        Upload.objects.create(video=video, length=9, expires_at=now, finished_at=now)
        return video

    return make


def measured(video: Video, now: dt.datetime, engine: str = "1", verdict: str = "warn") -> Measurement:
    measurement = Measurement.objects.create(
        job=video.job,
        engine_version=engine,
        facts={},
        duration_s=90.5,
        profile="b",
        verdict=verdict,
        created_at=now,
    )
    for profile, check_id in (("a", "clarity"), ("b", "clarity"), ("b", "shake")):
        Finding.objects.create(
            measurement=measurement,
            profile=profile,
            check_id=check_id,
            title="x",
            verdict="warn",
            message="x",
        )
    return measurement


def inspected(video: Video, now: dt.datetime) -> Video:
    measured(video, now)
    jobs.succeed(jobs.claim(video.job_id, now=now), now=now)
    return video


def shown(video: Video) -> tuple:
    return (
        video.state,
        video.duration_s,
        video.verdict,
        [each.check_id for each in video.findings],
        video.error,
    )


def loaded() -> list[tuple]:
    return [shown(video) for video in Video.objects.with_inspection()]


def test_a_video_on_its_way(uploading):
    assert loaded() == [("uploading", None, "", [], "")]


def test_a_refused_video_says_why(uploading, now):
    Upload.objects.update(error="这是一张图片。", finished_at=now)
    assert loaded() == [("refused", None, "", [], "这是一张图片。")]


def test_a_video_under_inspection(make_video):
    make_video()
    assert loaded() == [("inspecting", None, "", [], "")]


def test_a_video_whose_inspection_failed_says_why(make_video, now):
    jobs.fail(jobs.claim(make_video().job_id, now=now), error="文件损坏。", now=now)
    assert loaded() == [("failed", None, "", [], "文件损坏。")]


def test_an_inspected_video_shows_the_findings_of_the_profile_applied_last(make_video, now):
    inspected(make_video(), now)
    assert loaded() == [("inspected", 90.5, "warn", ["clarity", "shake"], "")]


def test_the_newest_measurement_counts(make_video, now):
    video = inspected(make_video(), now)
    measured(video, now + dt.timedelta(days=1), engine="2", verdict="pass")
    assert loaded()[0][2] == "pass"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_three_queries_whatever_its_length(make_video, now, rows, django_assert_num_queries):
    for _ in range(rows):
        inspected(make_video(), now)
    with django_assert_num_queries(3):
        assert loaded() == [("inspected", 90.5, "warn", ["clarity", "shake"], "")] * rows


def test_what_awaits_inspection_is_found(make_video, uploading, now):
    waiting, done = make_video(), make_video()
    inspected(done, now)
    assert list(Video.objects.awaiting_inspection()) == [waiting]


@pytest.mark.parametrize(
    "wrong",
    [
        {"completed_at": None},
        {"sha256": ""},
        {"file": ""},
        {"job": None},
        {"size": 0},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_complete_video_has_time_hash_file_and_job(make_video, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Video.objects.filter(pk=make_video().pk).update(**wrong)


def test_one_engine_measures_a_file_once(make_video, now):
    video = make_video()
    measured(video, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        measured(video, now)


def test_an_upload_refused_has_ended(uploading):
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.update(error="这是一张图片。")
