"""A long video is measured in pieces: cut, measured side by side, joined once (docs/decisions/0026).

The inspection waits and holds no worker meanwhile. Each piece is a job with a lease of its own: killed, it
alone is measured again. Whoever ends the last piece queues the inspection, which joins; so does the beat.
"""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from media_pipeline.facts import ENGINE_VERSION, Facts, Unreadable, rebuild
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import Clock, Report, Store, work
from media_pipeline.measuring import cutting
from media_pipeline.models import Cut, Job, Piece
from media_pipeline.receiving.originals import at_hand

if TYPE_CHECKING:
    from media_pipeline.measuring.inspection import Probed

OPEN = [Job.State.QUEUED, Job.State.RUNNING]
JOIN_STAGE = "合并各段"
MEASURED_PART = 0.8  # of the whole work; the rest is lips against the voice


def configured() -> cutting.Cutting:
    return cutting.Cutting(settings.MEDIA_CUT_OVER_S, settings.MEDIA_PIECE_S)


def cut(job_id: UUID, probed: "Probed", pieces: tuple[cutting.Piece, ...], *, now: datetime) -> None:
    """Write the pieces and announce them."""
    sha256 = Job.objects.get(pk=job_id).key
    made = Cut.objects.create(job_id=job_id, engine_version=ENGINE_VERSION, probed=asdict(probed))
    for piece in pieces:
        job = jobs.enqueue(kind=Job.Kind.MEASURE, key=f"{sha256}:{piece.number}", now=now)
        Piece.objects.create(cut=made, job=job, **asdict(piece))


def run(job_id: UUID, *, clock: Clock = timezone.now) -> None:
    """Measure one piece."""
    work(job_id, _measure, clock=clock)
    for inspection in Job.objects.filter(cut__pieces__job=job_id):
        _wake_when_measured(inspection, clock())


def tend(now: datetime) -> None:
    """The round over all jobs; then tell how far those are that wait for pieces, and wake the measured."""
    jobs.requeue_overdue(now)
    for waiting in Job.objects.filter(state=Job.State.WAITING):
        _tell_progress(waiting)
        _wake_when_measured(waiting, now)


def measured(job: Job, report: Report) -> Facts | None:
    """All pieces joined; None when the file has not been cut by this engine.

    Raises `Unreadable` with the sentence of a piece that failed; the pieces are gone then.
    """
    made = Cut.objects.filter(job=job).first()
    if made is None:
        return None
    pieces = list(made.pieces.select_related("job"))
    failed = next((piece.job for piece in pieces if piece.job.state == Job.State.FAILED), None)
    if failed or made.engine_version != ENGINE_VERSION:
        clear(job.pk)
    if failed:
        raise Unreadable(failed.error)
    if made.engine_version != ENGINE_VERSION:
        return None
    report(MEASURED_PART, JOIN_STAGE)
    return _joined(made, pieces, report)


@transaction.atomic
def clear(job_id: UUID) -> None:
    """Delete the pieces of an inspection; one that still runs loses its lease and stops."""
    Job.objects.filter(piece__cut__job=job_id).delete()
    Cut.objects.filter(job=job_id).delete()


def _joined(made: Cut, pieces: list[Piece], report: Report) -> Facts:
    from media_pipeline.measuring import inspection  # loads the decoders, which web processes never need

    found = [rebuild(inspection.Measured, piece.measured) for piece in pieces]
    probed = rebuild(inspection.Probed, made.probed)

    def tell(done: float, stage: str) -> None:
        report(max(done, MEASURED_PART), stage)

    with at_hand(sha256=made.job.key, on_stage=lambda stage: report(MEASURED_PART, stage)) as path:
        return inspection.facts_of_pieces(path, probed, found, tell)


def _measure(job_id: UUID, report: Report) -> Store:
    from media_pipeline.measuring import inspection  # loads the decoders, which web processes never need

    row = Piece.objects.select_related("cut__job").get(job=job_id)
    with at_hand(sha256=row.cut.job.key, on_stage=lambda stage: report(0.0, stage)) as path:
        found = inspection.measure(
            path,
            rebuild(inspection.Probed, row.cut.probed),
            cutting.Piece(row.number, row.kind, row.start_s, row.end_s, row.is_last),
            on_progress=lambda done: report(done, str(row)),
        )
    return lambda now: Piece.objects.filter(pk=row.pk).update(measured=asdict(found))


def _wake_when_measured(inspection: Job, now: datetime) -> None:
    """When every piece has ended well, or one of them badly."""
    states = set(Piece.objects.filter(cut__job=inspection).values_list("job__state", flat=True))
    if Job.State.FAILED in states or not states & set(OPEN):
        jobs.wake(inspection.pk, stage=JOIN_STAGE, now=now)


def _tell_progress(inspection: Job) -> None:
    pieces = Piece.objects.filter(cut__job=inspection)
    length = F("end_s") - F("start_s")
    sums = pieces.aggregate(all=Sum(length), done=Sum(length * F("job__progress")))
    ended = pieces.exclude(job__state__in=OPEN).count()
    Job.objects.filter(pk=inspection.pk, state=Job.State.WAITING).update(
        progress=MEASURED_PART * (sums["done"] or 0) / (sums["all"] or 1),
        stage=f"分段测量（已完成 {ended}/{pieces.count()} 段）",
    )
