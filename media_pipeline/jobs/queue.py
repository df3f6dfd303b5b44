"""Durable work: queue, claim, keep, end. The row decides; the broker only rings (docs/decisions/0011).

Every change of a running job is one UPDATE conditional on the lease, so of two holders one always fails.
The clock comes in as `now`; only the doors (tasks, views) read it.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerDown

from accounts.models import User
from media_pipeline.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
REDELIVER_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3
# somebody waits for these; all other work has workers of its own
QUEUES = {Job.Kind.INSPECT: "celery", Job.Kind.MEASURE: "celery", Job.Kind.REJUDGE: "celery"}
LATER = "later"
RINGS_PER_ROUND = 20  # of each; a long queue is announced piece by piece, or the broker fills with repeats

_IDLE = {"lease_token": None, "lease_until": None}
_FRESH = _IDLE | {"state": Job.State.QUEUED, "progress": 0.0, "stage": "", "error": "", "detail": ""}


class LeaseLost(Exception):
    """The job went on without this holder: it was silent too long and must neither write nor go on."""


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until it lapses."""

    job_id: uuid.UUID
    token: uuid.UUID


def enqueue(*, kind: Job.Kind, key: str, now: datetime) -> Job:
    """The one job of this kind and key, announced at the commit; a failed one starts afresh."""
    job, created = Job.objects.get_or_create(kind=kind, key=key, defaults={"created_at": now, "rung_at": now})
    if created:
        ring(job)
    elif job.state == Job.State.FAILED:
        start_afresh(job, now=now)
    return job


def start_afresh(job: Job, *, now: datetime) -> bool:
    """Queue an ended job again with all its attempts; False when it is queued or running already."""
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.SUCCEEDED, Job.State.FAILED])
    if not ended.update(**_FRESH, attempts=0, finished_at=None, rung_at=now):
        return False
    job.refresh_from_db()
    ring(job)
    return True


def retry(job: Job, *, by: User, now: datetime) -> bool:
    """A person asks for a failed job to be tried again; False when there is nothing to retry."""
    if job.state != Job.State.FAILED or not start_afresh(job, now=now):
        return False
    logger.info("job %s (%s) is retried by %s", job.pk, job.kind, by.pk)
    return True


def claim(job_id: uuid.UUID, *, now: datetime) -> Lease | None:
    """Take a queued job; None when another was faster or it has ended."""
    lease = Lease(job_id, uuid.uuid4())
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        attempts=F("attempts") + 1,
        lease_token=lease.token,
        lease_until=now + LEASE,
        started_at=now,
    )
    return lease if taken else None


def heartbeat(lease: Lease, *, now: datetime, progress: float, stage: str) -> None:
    """Keep the lease and tell how far the work is (0..1, stage in Chinese); raises `LeaseLost`."""
    share = min(max(progress, 0.0), 1.0)
    _change(lease, lease_until=now + LEASE, progress=share, stage=stage)


def succeed(lease: Lease, *, now: datetime) -> None:
    """End the job; called first in the transaction that writes its results, so both happen or neither."""
    _change(lease, **_IDLE, state=Job.State.SUCCEEDED, progress=1.0, stage="", finished_at=now)


def fail(lease: Lease, *, error: str, detail: str = "", now: datetime) -> None:
    """End the job with one sentence for people and the raw text for the log."""
    _change(lease, **_IDLE, state=Job.State.FAILED, error=error[:300], detail=detail, finished_at=now)


def put_off(lease: Lease, *, stage: str, now: datetime) -> None:
    """Queue it again, to be announced in a minute: what it needs is out of reach, which costs no attempt."""
    queued = _FRESH | {"stage": stage[:50], "rung_at": now}
    _change(lease, **queued, attempts=F("attempts") - 1)


def wait(lease: Lease) -> None:
    """Give the job up to those that do its pieces; called in the transaction that writes them."""
    _change(lease, **_IDLE, state=Job.State.WAITING)


def wake(job_id: uuid.UUID, *, stage: str, now: datetime) -> bool:
    """Queue a waiting job for its last step, with all attempts; False when it does not wait (any more)."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.QUEUED, attempts=0, stage=stage, rung_at=now):
        return False
    ring(Job.objects.get(pk=job_id))
    return True


def requeue_overdue(now: datetime) -> int:
    """Give lapsed jobs and unheard announcements another chance; return how many."""
    return _requeue_lapsed(now) + _ring_unheard(now)


def ring(job: Job) -> None:
    """Announce a queued job at the commit; when the broker is down, `requeue_overdue` makes up for it."""
    transaction.on_commit(lambda: _announce(job), robust=True)


def _change(lease: Lease, **fields: object) -> None:
    held = Job.objects.filter(pk=lease.job_id, lease_token=lease.token, state=Job.State.RUNNING)
    if not held.update(**fields):
        raise LeaseLost(str(lease.job_id))


def _requeue_lapsed(now: datetime) -> int:
    requeued = 0
    for job in Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now):
        held = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, lease_until__lt=now)
        if job.attempts >= MAX_ATTEMPTS:
            _give_up(held, job, now)
        elif held.update(**_FRESH, rung_at=now):
            logger.warning("job %s lost its worker in attempt %s, queued again", job.pk, job.attempts)
            ring(job)
            requeued += 1
    return requeued


def _give_up(held: "QuerySet[Job]", job: Job, now: datetime) -> None:
    happened = f"视频{job.get_kind_display()}连续 {job.attempts} 次中断，已停止。"
    sentence = f"{happened}请点「{job.again}」；仍中断请联系管理员。"
    if held.update(**_IDLE, state=Job.State.FAILED, error=sentence, finished_at=now):
        logger.error("job %s lost its worker %s times, given up", job.pk, job.attempts)


def _ring_unheard(now: datetime) -> int:
    """What somebody waits for, and all other work: a long queue of the one never silences the other."""
    unheard = Job.objects.filter(state=Job.State.QUEUED, rung_at__lt=now - REDELIVER_AFTER)
    waited_for = Q(kind__in=list(QUEUES))
    return sum(_ring_some(unheard.filter(part), now) for part in (waited_for, ~waited_for))


def _ring_some(unheard: "QuerySet[Job]", now: datetime) -> int:
    rung = 0
    for job in unheard.order_by("created_at")[:RINGS_PER_ROUND]:
        if unheard.filter(pk=job.pk).update(rung_at=now):
            ring(job)
            rung += 1
    return rung


def _announce(job: Job) -> None:
    try:
        current_app.send_task(
            f"media_pipeline.{job.kind}",
            args=[str(job.pk)],
            queue=QUEUES.get(job.kind, LATER),
            expires=REDELIVER_AFTER.total_seconds(),
            retry=False,
        )
    except (BrokerDown, KombuError, OSError) as down:
        logger.warning("job %s waits: the broker does not answer (%s)", job.pk, down)
