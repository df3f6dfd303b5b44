"""Doorbells. Each passes ids and the time to one function; what happens is decided there."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from media_pipeline.jobs import inspecting, piecework, rejudging, rendering, sweeping, transcribing


@shared_task(name="media_pipeline.inspect")
def inspect(job_id: str) -> None:
    inspecting.run(UUID(job_id))


@shared_task(name="media_pipeline.measure")
def measure(job_id: str) -> None:
    piecework.run(UUID(job_id))


@shared_task(name="media_pipeline.rejudge")
def rejudge(job_id: str) -> None:
    rejudging.run(UUID(job_id))


@shared_task(name="media_pipeline.transcribe")
def transcribe(job_id: str) -> None:
    transcribing.run(UUID(job_id))


@shared_task(name="media_pipeline.render")
def render(job_id: str) -> None:
    rendering.run(UUID(job_id))


@shared_task(name="media_pipeline.tend_jobs")
def tend_jobs() -> None:
    piecework.tend(timezone.now())


@shared_task(name="media_pipeline.sweep_uploads")
def sweep_uploads() -> None:
    sweeping.sweep(timezone.now())


@shared_task(name="media_pipeline.sweep_renditions")
def sweep_renditions() -> None:
    sweeping.sweep_renditions()
