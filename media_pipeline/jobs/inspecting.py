"""The act of inspection: from a job to a measurement and its findings."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.jobs import piecework, rendering, transcribing
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import Clock, Pieces, Report, Store, work
from media_pipeline.limits import profiles
from media_pipeline.limits.thresholds import Profile
from media_pipeline.measuring import stills
from media_pipeline.models import Finding, Job, Measurement
from media_pipeline.receiving.originals import at_hand

if TYPE_CHECKING:
    from media_pipeline.measuring import inspection


def request(sha256: str, *, now: datetime) -> Job:
    """The job that inspects these bytes; nothing is queued when this engine has measured them already."""
    job = jobs.enqueue(kind=Job.Kind.INSPECT, key=sha256, now=now)
    measured = job.measurements.filter(engine_version=ENGINE_VERSION).exists()
    if job.state == Job.State.SUCCEEDED and not measured:
        jobs.start_afresh(job, now=now)
    return job


def run(job_id: UUID, *, clock: Clock = timezone.now) -> None:
    """Measure and judge the file of a queued inspection."""
    work(job_id, _inspect, clock=clock)
    _catch_up(job_id)


def judge_again(measurement: Measurement, profile: Profile) -> None:
    """Hold stored facts against `profile`; findings of other profiles stay beside the new ones."""
    from media_pipeline.measuring import inspection  # loads the decoders, which web processes never need

    report = inspection.judge(Facts.from_json(measurement.facts), profile)
    with transaction.atomic():
        Measurement.objects.filter(pk=measurement.pk).update(profile=report.profile, verdict=report.verdict)
        _replace_findings(measurement, report)


def _catch_up(job_id: UUID) -> None:
    """Other limits may have come into force between judging and storing; their job has passed by then."""
    profile = profiles.active_profile()
    for late in Measurement.objects.filter(job=job_id, engine_version=ENGINE_VERSION):
        if late.profile != profile.label:
            judge_again(late, profile)


def _inspect(job_id: UUID, report: Report) -> Store | Pieces:
    """A long video is given up to those who measure its pieces, and joined when this job runs again."""
    from media_pipeline.measuring import inspection  # loads the decoders, which web processes never need

    job = Job.objects.get(pk=job_id)
    with at_hand(sha256=job.key, on_stage=lambda stage: report(0.0, stage)) as path:
        facts = piecework.measured(job, report)
        if facts is None:
            probed = inspection.probe_file(path, report)
            if pieces := inspection.cut_up(probed, piecework.configured()):
                return Pieces(lambda now: piecework.cut(job_id, probed, pieces, now=now))
            facts = inspection.inspect_probed(path, probed, report)
        judged = inspection.judge(facts, profiles.active_profile())
        stills.draw_ahead(job.key, (check.evidence for check in judged.checks))
    return lambda now: _store(job_id, facts, judged, now=now)


def _store(job_id: UUID, facts: Facts, report: "inspection.Report", *, now: datetime) -> None:
    measurement, _ = Measurement.objects.update_or_create(
        job_id=job_id,
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
    piecework.clear(job_id)
    rendering.request(measurement.sha256, now=now)
    transcribing.request(measurement.sha256, now=now)


def _replace_findings(measurement: Measurement, report: "inspection.Report") -> None:
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
