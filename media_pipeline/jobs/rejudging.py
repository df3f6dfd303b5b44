"""Hold what was measured against other limits: a durable job, and nothing is decoded again.

Each measurement is one transaction, and what is done is pending no longer: killed anywhere, it goes on.
What was released keeps the verdicts frozen in its manifest.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from media_pipeline.facts import ENGINE_VERSION
from media_pipeline.jobs import inspecting
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import Clock, Report, Store, work
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import Profile
from media_pipeline.models import Job, Measurement

STAGE = "按新阈值重新判定"


def pending(profile: Profile) -> QuerySet[Measurement]:
    """Measurements whose findings rest on other limits. Those of an older engine must be measured anew."""
    return Measurement.objects.filter(engine_version=ENGINE_VERSION).exclude(profile=profile.label)


def request(profile: Profile, *, now: datetime) -> Job:
    """The job that judges all that was measured by `profile`."""
    job = jobs.enqueue(kind=Job.Kind.REJUDGE, key=profile.label, now=now)
    if job.state == Job.State.SUCCEEDED:
        jobs.start_afresh(job, now=now)
    return job


def latest_job(profile: Profile) -> Job | None:
    return Job.objects.filter(kind=Job.Kind.REJUDGE, key=profile.label).first()


def run(job_id: UUID, *, clock: Clock = timezone.now) -> None:
    work(job_id, _judge_pending, clock=clock)


def _judge_pending(job_id: UUID, report: Report) -> Store:
    """Ends early when other limits came into force meanwhile: their own job does the rest."""
    profile = profiles.active_profile()
    waiting = list(pending(profile).values_list("pk", flat=True))
    for number, pk in enumerate(waiting):
        report(number / len(waiting), f"{STAGE}（{number + 1}/{len(waiting)}）")
        if profiles.active_profile() != profile:
            break
        inspecting.judge_again(Measurement.objects.get(pk=pk), profile)
    return lambda now: None
