"""From a received file to a video under inspection. Every step may be repeated after a crash.

Order: sniff, hash, keep, one transaction for the rows, tidy. The caller holds the upload's lock.
"""

from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from media_pipeline.jobs import inspecting, transcribing
from media_pipeline.models import Job, Upload, Video
from media_pipeline.opening.containers import extension_of
from media_pipeline.receiving import storage
from media_pipeline.receiving.hashing import hashes
from media_pipeline.receiving.refusals import NotAVideo

SNIFFED_FROM = 64 * 1024  # bytes; a file that is no video is refused here rather than after gigabytes


def advance(upload: Upload, *, now: datetime) -> None:
    """Refuse what is no video as soon as that shows, complete what is all there; otherwise nothing."""
    path = storage.received_file(upload.pk)
    if upload.finished_at or path is None:
        return
    size = path.stat().st_size
    if size < min(SNIFFED_FROM, upload.length):
        return
    try:
        extension = extension_of(path)
    except NotAVideo as refusal:
        refuse(upload, str(refusal), now=now)
        raise
    if size == upload.length:
        _complete(upload, path, extension, now)


def refuse(upload: Upload, sentence: str, *, now: datetime) -> None:
    """End the upload with a sentence and delete its bytes; the video row stays to say why."""
    Upload.objects.unfinished().filter(pk=upload.pk).update(finished_at=now, error=sentence[:300])
    storage.erase_upload(upload.pk)


def _complete(upload: Upload, path: Path, extension: str, now: datetime) -> None:
    sha256 = hashes.finish(upload.pk, path)
    name = storage.original_name(upload.pk, extension)
    default_storage.take(path, name, sha256=sha256)
    with transaction.atomic():
        Upload.objects.unfinished().filter(pk=upload.pk).update(finished_at=now)
        job = inspecting.request(sha256, now=now)
        Video.objects.filter(pk=upload.pk).update(sha256=sha256, file=name, job=job, completed_at=now)
        if job.state == Job.State.SUCCEEDED:
            transcribing.request(sha256, now=now)
    storage.erase_upload(upload.pk)
