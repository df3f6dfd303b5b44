"""The act of inspection: from a job to a measurement and its findings."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone

from media_pipeline import jobs
from media_pipeline.facts import ENGINE_VERSION, Facts, Unreadable
from media_pipeline.heartbeat import Heartbeat
from media_pipeline.models import Finding, Job, Measurement, Video

if TYPE_CHECKING:
    from media_pipeline.inspection import Report

logger = logging.getLogger(__name__)


def request(sha256: str, *, now: datetime) -> Job:
    """The job that inspects these bytes; nothing is queued when this engine has measured them already."""
    job = jobs.enqueue(kind=Job.Kind.INSPECT, key=sha256, now=now)
    measured = job.measurements.filter(engine_version=ENGINE_VERSION).exists()
    if job.state == Job.State.SUCCEEDED and not measured:
        jobs.start_afresh(job, now=now)
    return job


def run(job_id: UUID, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Claim the job and work it to an end; silent when another has it or takes it over meanwhile."""
    lease = jobs.claim(job_id, now=clock())
    if lease is None:
        return
    try:
        _work(lease, clock)
    except jobs.LeaseLost:
        logger.warning("job %s was taken over, this result is dropped", job_id)


def judge_again(measurement: Measurement) -> None:
    """Apply today's thresholds to stored facts; findings of other profiles stay beside them."""
    from media_pipeline import inspection  # loads the decoders, which web processes never need

    report = inspection.judge(Facts.from_json(measurement.facts))
    with transaction.atomic():
        Measurement.objects.filter(pk=measurement.pk).update(profile=report.profile, verdict=report.verdict)
        _replace_findings(measurement, report)


def _work(lease: jobs.Lease, clock: Callable[[], datetime]) -> None:
    from media_pipeline import inspection  # loads the decoders, which web processes never need

    def keep(progress: float, stage: str) -> None:
        jobs.heartbeat(lease, now=clock(), progress=progress, stage=stage)

    try:
        with Heartbeat(keep) as heartbeat:
            facts = inspection.inspect_file(_file_of(lease.job_id), on_progress=heartbeat.report)
        _store(lease, facts, inspection.judge(facts), now=clock())
    except Unreadable as unreadable:
        jobs.fail(lease, error=unreadable.reason, now=clock())
    except FileNotFoundError as missing:
        jobs.fail(lease, error="视频文件不在服务器上，请重新上传。", detail=str(missing), now=clock())
    except (jobs.LeaseLost, OperationalError):
        raise  # not the holder any more, or the database is away: the lease decides
    except Exception:
        logger.exception("job %s ended in an error nobody foresaw", lease.job_id)
        sentence = "检查时出现意外错误，原因已记录。请点「重新检查」；仍出现请联系管理员。"
        jobs.fail(lease, error=sentence, detail=traceback.format_exc(), now=clock())


def _file_of(job_id: UUID) -> Path:
    paths = [video.path for video in Video.objects.filter(job=job_id)]
    existing = next((path for path in paths if path.exists()), None)
    if existing is None:
        raise FileNotFoundError(", ".join(map(str, paths)))
    return existing


def _store(lease: jobs.Lease, facts: Facts, report: "Report", *, now: datetime) -> None:
    """Facts, findings and the end of the job in one transaction, or none of them."""
    with transaction.atomic():
        jobs.succeed(lease, now=now)
        measurement, _ = Measurement.objects.update_or_create(
            job_id=lease.job_id,
            engine_version=ENGINE_VERSION,
            defaults={
                "facts": facts.to_json(),
                "duration_s": facts.duration_s,
                "profile": report.profile,
                "verdict": report.verdict,
                "created_at": now,
            },
        )
        _replace_findings(measurement, report)


def _replace_findings(measurement: Measurement, report: "Report") -> None:
    measurement.findings.filter(profile=report.profile).delete()
    Finding.objects.bulk_create(
        Finding(
            measurement=measurement,
            profile=report.profile,
            check_id=check.id,
            title=check.title,
            verdict=check.verdict,
            value=check.value,
            unit=check.unit,
            threshold=check.threshold,
            message=check.message,
            clause=check.clause,
            evidence=[asdict(each) for each in check.evidence],
        )
        for check in report.checks
    )
