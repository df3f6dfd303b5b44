"""Renditions as a job: asked for after the inspection, worked by whoever hears the bell."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import Clock, work
from media_pipeline.models import Job

REQUESTS_PER_ROUND = 50


def request(sha256: str, *, now: datetime) -> Job:
    return jobs.enqueue(kind=Job.Kind.RENDER, key=sha256, now=now)


def request_missing(*, now: datetime) -> int:
    """Ask for those of inspected videos that never had any; return how many. Bounded, a round a minute."""
    asked = Job.objects.filter(kind=Job.Kind.RENDER, key=OuterRef("key"))
    inspected = Job.objects.filter(kind=Job.Kind.INSPECT, state=Job.State.SUCCEEDED).exclude(Exists(asked))
    keys = list(inspected.order_by("created_at").values_list("key", flat=True)[:REQUESTS_PER_ROUND])
    for key in keys:
        request(key, now=now)
    return len(keys)


def run(job_id: UUID, *, clock: Clock = timezone.now) -> None:
    from media_pipeline.renditions.making import make  # loads the decoders, which web processes never need

    work(job_id, make, clock=clock)
