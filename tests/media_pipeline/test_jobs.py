import datetime as dt
import uuid
from functools import partial

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from kombu import Connection

from config.broker import broker_settings
from media_pipeline.jobs import queue as jobs
from media_pipeline.models import Job

pytestmark = pytest.mark.django_db
LATER = jobs.LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def bells(monkeypatch) -> list[tuple]:
    """What was announced, in place of the broker; `tests/servers` rings real ones."""
    rung: list[tuple] = []
    monkeypatch.setattr(
        jobs.current_app, "send_task", lambda name, args, **options: rung.append((name, *args)), raising=False
    )
    return rung


@pytest.fixture
def job(now) -> Job:
    return jobs.enqueue(kind=Job.Kind.INSPECT, key="a" * 64, now=now)


def state(job: Job) -> tuple:
    job.refresh_from_db()
    return job.state, job.attempts, job.progress, job.stage, job.error


def interrupt(job: Job, now: dt.datetime) -> dt.datetime:
    """A worker takes the job and dies; returns the moment after the reaper's round."""
    assert jobs.claim(job.pk, now=now)
    jobs.requeue_overdue(now + LATER)
    return now + LATER


def test_the_same_work_is_queued_and_announced_once(job, now, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = jobs.enqueue(kind=Job.Kind.INSPECT, key="b" * 64, now=now)
        second = jobs.enqueue(kind=Job.Kind.INSPECT, key="b" * 64, now=now)
    assert first == second
    assert bells == [("media_pipeline.inspect", str(first.pk))]


def test_a_job_is_announced_only_after_the_commit(now, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        jobs.enqueue(kind=Job.Kind.INSPECT, key="b" * 64, now=now)
    assert (bells, len(waiting)) == ([], 1)


@pytest.mark.parametrize("kind", Job.Kind.values)
def test_every_kind_is_announced_to_a_task_that_workers_know(
    kind, now, bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(kind=kind, key="a", now=now)
    current_app.loader.import_default_modules()
    assert {bell[0] for bell in bells} <= set(current_app.tasks)
    assert len(bells) == 1


def test_a_job_is_claimed_by_one_of_two(job, now):
    first, second = jobs.claim(job.pk, now=now), jobs.claim(job.pk, now=now)
    assert (first.job_id, second) == (job.pk, None)
    assert state(job) == ("running", 1, 0.0, "", "")


def test_a_job_nobody_knows_is_not_claimed(now):
    assert jobs.claim(uuid.uuid4(), now=now) is None


def test_a_heartbeat_keeps_the_lease_and_tells_progress(job, now):
    lease = jobs.claim(job.pk, now=now)
    jobs.heartbeat(lease, now=now + LATER, progress=0.4, stage="测量画面")
    assert jobs.requeue_overdue(now + LATER + jobs.LEASE) == 0
    assert state(job) == ("running", 1, 0.4, "测量画面", "")


@pytest.mark.parametrize(("told", "kept"), [(-0.5, 0.0), (1.7, 1.0)])
def test_progress_beyond_its_bounds_is_clamped(job, now, told, kept):
    jobs.heartbeat(jobs.claim(job.pk, now=now), now=now, progress=told, stage="")
    assert state(job)[2] == kept


def test_a_job_whose_worker_fell_silent_is_queued_and_announced_again(
    job, now, bells, django_capture_on_commit_callbacks
):
    lease = jobs.claim(job.pk, now=now)
    jobs.heartbeat(lease, now=now, progress=0.4, stage="测量画面")
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.requeue_overdue(now + LATER) == 1
    assert state(job) == ("queued", 1, 0.0, "", "")
    assert bells == [("media_pipeline.inspect", str(job.pk))]


@pytest.mark.parametrize(
    "write",
    [
        lambda lease, now: jobs.heartbeat(lease, now=now, progress=0.9, stage="迟到"),
        lambda lease, now: jobs.succeed(lease, now=now),
        lambda lease, now: jobs.fail(lease, error="迟到", now=now),
    ],
    ids=["heartbeat", "succeed", "fail"],
)
def test_whoever_lost_the_lease_writes_nothing(job, now, write):
    lost = jobs.claim(job.pk, now=now)
    jobs.requeue_overdue(now + LATER)
    assert jobs.claim(job.pk, now=now + LATER)
    with pytest.raises(jobs.LeaseLost):
        write(lost, now + LATER)
    assert state(job) == ("running", 2, 0.0, "", "")


def test_a_job_interrupted_three_times_fails_with_a_sentence(job, now):
    for _ in range(jobs.MAX_ATTEMPTS):
        now = interrupt(job, now)
    sentence = "视频检查连续 3 次中断，已停止。请点「重新检查」；仍中断请联系管理员。"
    assert state(job) == ("failed", 3, 0.0, "", sentence)


def test_a_person_retries_a_failed_job_with_all_its_attempts(job, now, author):
    jobs.fail(jobs.claim(job.pk, now=now), error="文件读不出来。", detail="moov atom not found", now=now)
    job.refresh_from_db()
    assert jobs.retry(job, by=author, now=now) is True
    assert (*state(job), job.detail) == ("queued", 0, 0.0, "", "", "")


def test_a_job_that_has_not_failed_is_not_retried(job, now, author):
    assert jobs.retry(job, by=author, now=now) is False
    assert state(job) == ("queued", 0, 0.0, "", "")


def test_the_same_work_asked_for_after_a_failure_starts_afresh(job, now):
    jobs.fail(jobs.claim(job.pk, now=now), error="文件读不出来。", now=now)
    again = jobs.enqueue(kind=job.kind, key=job.key, now=now)
    assert (again.pk, *state(again)) == (job.pk, "queued", 0, 0.0, "", "")


def test_an_unheard_announcement_is_repeated_once_a_minute(
    job, now, bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rounds = [jobs.requeue_overdue(now + dt.timedelta(seconds=after)) for after in (59, 61, 65, 122)]
    assert rounds == [0, 1, 0, 1]
    assert bells == [("media_pipeline.inspect", str(job.pk))] * 2


def test_a_long_queue_is_announced_piece_by_piece(now):
    for number in range(jobs.RINGS_PER_ROUND + 5):
        jobs.enqueue(kind=Job.Kind.INSPECT, key=str(number), now=now)
    later = now + dt.timedelta(seconds=61)
    assert [jobs.requeue_overdue(later), jobs.requeue_overdue(later)] == [jobs.RINGS_PER_ROUND, 5]


def test_a_long_queue_of_other_work_does_not_silence_what_somebody_waits_for(
    now, bells, django_capture_on_commit_callbacks
):
    for number in range(jobs.RINGS_PER_ROUND + 5):
        jobs.enqueue(kind=Job.Kind.TRANSCRIBE, key=str(number), now=now)
    waited_for = jobs.enqueue(kind=Job.Kind.INSPECT, key="a", now=now + dt.timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.requeue_overdue(now + dt.timedelta(seconds=62))
    assert ("media_pipeline.inspect", str(waited_for.pk)) in bells


def test_a_broker_that_is_down_neither_fails_nor_loses_the_job(
    now, monkeypatch, caplog, tmp_path, django_capture_on_commit_callbacks
):
    options = broker_settings("redis://127.0.0.1:1/0", tmp_path)
    nobody = Connection(options["BROKER_URL"], transport_options=options["BROKER_TRANSPORT_OPTIONS"])
    app = jobs.current_app._get_current_object()
    monkeypatch.setattr(jobs, "current_app", app)
    monkeypatch.setattr(app, "send_task", partial(app.send_task, connection=nobody))
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(kind=Job.Kind.INSPECT, key="b" * 64, now=now)
    assert state(job)[0] == "queued"
    assert f"job {job.pk} waits: the broker does not answer" in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "running"},
        {"state": "failed", "finished_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"state": "succeeded"},
        {"error": "没有失败却有原因"},
        {"progress": 1.2},
    ],
    ids=[
        "running without lease",
        "failed without reason",
        "ended without time",
        "reason without failure",
        "progress",
    ],
)
def test_what_must_never_be_false_is_refused_by_the_database(job, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
