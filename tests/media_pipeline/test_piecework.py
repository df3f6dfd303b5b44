"""A long video as jobs: cut, measured side by side, each piece retried alone, joined exactly once."""

import pytest

from cms.reports.waiting import waiting_of
from media_pipeline.facts import Facts, Unreadable
from media_pipeline.jobs import inspecting, piecework
from media_pipeline.jobs import queue as jobs
from media_pipeline.measuring import inspection
from media_pipeline.models import Cut, Job, Measurement, Piece, Video
from media_pipeline.receiving import uploads

pytestmark = pytest.mark.django_db
LATER = 2 * jobs.LEASE


@pytest.fixture(autouse=True)
def short_pieces(settings):
    settings.MEDIA_CUT_OVER_S, settings.MEDIA_PIECE_S = 5, 10


@pytest.fixture(scope="module")
def clip(clips):
    return clips.lecture(picture="testsrc2=size=320x180:rate=12:duration=22", voice="sine=duration=22")


@pytest.fixture
def video(clip, author, now, media_root) -> Video:
    return uploads.add_file(clip, by=author, now=now)


@pytest.fixture
def inspect(video, now):
    """Work the inspection itself: the first time it cuts, the second time it joins."""
    return lambda: inspecting.run(video.job_id, clock=lambda: now)


def seen(video: Video) -> Video:
    return Video.objects.with_inspection().get(pk=video.pk)


def pieces() -> list[Piece]:
    return list(Piece.objects.select_related("job"))


def test_a_long_video_is_cut_measured_in_pieces_and_joined(video, clip, inspect, now):
    inspect()
    assert (seen(video).state, seen(video).job.state) == ("inspecting", "waiting")
    assert [(each.kind, each.start_s) for each in pieces()] == [("sound", 0), ("picture", 0), ("picture", 10)]
    for each in pieces():
        assert seen(video).job.state == "waiting"
        piecework.run(each.job_id, clock=lambda: now)
    assert (seen(video).job.state, seen(video).job.stage) == ("queued", piecework.JOIN_STAGE)
    inspect()
    found = seen(video)
    assert (found.state, found.job.progress) == ("inspected", 1.0)
    assert Facts.from_json(Measurement.objects.get().facts) == inspection.inspect_file(clip)
    assert (Piece.objects.count(), Cut.objects.count()) == (0, 0)
    assert not Job.objects.filter(kind=Job.Kind.MEASURE).exists()


def test_a_killed_piece_is_measured_again_alone(video, inspect, now):
    inspect()
    sound, first, second = pieces()
    for each in (sound, first):
        piecework.run(each.job_id, clock=lambda: now)
    assert jobs.claim(second.job_id, now=now)
    piecework.tend(now + LATER)
    assert [each.job.state for each in pieces()] == ["succeeded", "succeeded", "queued"]
    piecework.run(second.job_id, clock=lambda: now + LATER)
    assert [each.job.attempts for each in pieces()] == [1, 1, 2]
    inspect()
    assert seen(video).state == "inspected"


def test_progress_is_told_while_the_inspection_waits(video, inspect, now):
    inspect()
    sound, first, _ = pieces()
    piecework.run(sound.job_id, clock=lambda: now)
    lease = jobs.claim(first.job_id, now=now)
    jobs.heartbeat(lease, now=now, progress=0.5, stage="")
    piecework.tend(now)
    job = seen(video).job
    assert job.progress == pytest.approx(0.8 * (22 + 5) / 44, abs=0.01)
    assert job.stage == "分段测量（已完成 1/3 段）"
    assert waiting_of(seen(video)).headline == "检查中 49%：分段测量（已完成 1/3 段）"


def test_a_piece_that_fails_ends_the_inspection_with_its_sentence_and_stops_the_others(
    video, inspect, now, monkeypatch
):
    inspect()
    sound, first, second = pieces()
    running = jobs.claim(second.job_id, now=now)

    def break_off(*given, **more):
        raise Unreadable("文件内容在第 7 秒处无法解码。")

    with monkeypatch.context() as broken:
        broken.setattr(inspection, "measure", break_off)
        piecework.run(first.job_id, clock=lambda: now)
    inspect()
    assert (seen(video).state, seen(video).error) == ("failed", "文件内容在第 7 秒处无法解码。")
    assert Piece.objects.count() == 0
    with pytest.raises(jobs.LeaseLost):
        jobs.heartbeat(running, now=now, progress=0.9, stage="")
    piecework.run(sound.job_id, clock=lambda: now)


def test_a_failed_inspection_is_cut_anew_when_a_person_retries_it(video, inspect, now, author):
    inspect()
    lease = jobs.claim(pieces()[1].job_id, now=now)
    jobs.fail(lease, error="坏了。", now=now)
    piecework.tend(now)
    inspect()
    assert jobs.retry(seen(video).job, by=author, now=now)
    inspect()
    assert [each.job.state for each in pieces()] == ["queued"] * 3


def test_a_worker_that_dies_while_joining_leaves_the_pieces_to_the_next(video, inspect, now):
    inspect()
    for each in pieces():
        piecework.run(each.job_id, clock=lambda: now)
    assert jobs.claim(video.job_id, now=now)
    piecework.tend(now + LATER)
    inspecting.run(video.job_id, clock=lambda: now + LATER)
    assert (seen(video).state, Measurement.objects.count()) == ("inspected", 1)


def test_when_the_last_bell_is_lost_the_beat_wakes_the_inspection(video, inspect, now, monkeypatch):
    inspect()
    with monkeypatch.context() as deaf:
        deaf.setattr(piecework, "_wake_when_measured", lambda *given: None)
        for each in pieces():
            piecework.run(each.job_id, clock=lambda: now)
    assert seen(video).job.state == "waiting"
    piecework.tend(now)
    assert seen(video).job.state == "queued"


def test_pieces_of_another_engine_are_measured_anew(video, inspect, now):
    inspect()
    Cut.objects.update(engine_version="0")
    for each in pieces():
        piecework.run(each.job_id, clock=lambda: now)
    inspect()
    assert seen(video).job.state == "waiting"
    assert [each.job.state for each in pieces()] == ["queued"] * 3


def test_only_one_of_two_wakes_the_inspection(video, inspect, now):
    inspect()
    Job.objects.filter(kind=Job.Kind.MEASURE).update(state="succeeded", finished_at=now, progress=1)
    woken = [jobs.wake(video.job_id, stage="", now=now) for _ in range(2)]
    assert woken == [True, False]
