"""How any job is worked: claim, sign of life, act, store, end. The acts differ, this never does.

An act gets the job's id and a `report(progress 0..1, stage in Chinese)` and gives back what stores its
results. That runs in the transaction that ends the job: both happen, or neither.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone

from media_pipeline.facts import Unreadable
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.heartbeat import Heartbeat
from media_pipeline.keeping.refusals import Altered, NotNow
from media_pipeline.keeping.room import room
from media_pipeline.models import Job

logger = logging.getLogger(__name__)

ALTERED = "存放的视频文件和上传时不一样（SHA-256 不符），任务没有做。请重新上传，并告诉平台管理员。"

type Report = Callable[[float, str], None]
type Store = Callable[[datetime], None]
type Act = Callable[[UUID, Report], Store | Pieces]
type Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Pieces:
    """What an act gives back when others do the work: `store` writes their jobs, they wake this one."""

    store: Store


def work(job_id: UUID, act: Act, *, clock: Clock = timezone.now) -> None:
    """Claim the job and bring it to an end; silent when another has it or takes it over meanwhile."""
    lease = jobs.claim(job_id, now=clock())
    if lease is None:
        return
    try:
        _work(lease, act, clock)
    except jobs.LeaseLost:
        logger.warning("job %s was taken over, this result is dropped", job_id)


def _work(lease: jobs.Lease, act: Act, clock: Clock) -> None:
    try:
        _act_and_store(lease, act, clock)
    except Unreadable as unreadable:
        jobs.fail(lease, error=unreadable.reason, now=clock())
    except NotNow as cause:
        logger.warning("job %s is put off: %s", lease.job_id, cause.__cause__ or cause)
        jobs.put_off(lease, stage=str(cause), now=clock())
    except Altered as altered:
        jobs.fail(lease, error=ALTERED, detail=str(altered), now=clock())
    except FileNotFoundError as missing:
        jobs.fail(lease, error="视频文件不在服务器上，请重新上传。", detail=str(missing), now=clock())
    except (jobs.LeaseLost, OperationalError):
        raise  # not the holder any more, or the database is away: the lease decides
    except Exception:
        logger.exception("job %s ended in an error nobody foresaw", lease.job_id)
        jobs.fail(lease, error=_unforeseen(lease.job_id), detail=traceback.format_exc(), now=clock())


def _act_and_store(lease: jobs.Lease, act: Act, clock: Clock) -> None:
    def keep(progress: float, stage: str) -> None:
        jobs.heartbeat(lease, now=clock(), progress=progress, stage=stage)

    with room(), Heartbeat(keep) as heartbeat:
        result = act(lease.job_id, heartbeat.report)
    now = clock()
    with transaction.atomic():
        if isinstance(result, Pieces):
            jobs.wait(lease)
            result.store(now)
        else:
            jobs.succeed(lease, now=now)
            result(now)


def _unforeseen(job_id: UUID) -> str:
    job = Job.objects.get(pk=job_id)
    return f"{job.get_kind_display()}时出现意外错误，原因已记录。请点「{job.again}」；仍出现请联系管理员。"
