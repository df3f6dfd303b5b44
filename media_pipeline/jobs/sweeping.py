"""The minute's round: finish what a crash left, end what nobody continued, ask for what is missing, tidy."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from media_pipeline.jobs import rendering
from media_pipeline.keeping import copies
from media_pipeline.keeping.refusals import NotNow
from media_pipeline.models import Upload
from media_pipeline.receiving import storage, uploads
from media_pipeline.receiving.refusals import Held, Refusal
from media_pipeline.renditions import shelf

logger = logging.getLogger(__name__)


def sweep(now: datetime) -> None:
    _settle(now)
    for upload in Upload.objects.expired(now):
        _each(upload, uploads.expire, now)
    _erase_leftovers()
    copies.clear_abandoned()
    rendering.request_missing(now=now)


def sweep_renditions() -> None:
    """Each hour, for it lists all that is kept."""
    try:
        shelf.sweep()
    except NotNow as away:
        logger.warning("renditions are swept another time: %s", away.__cause__ or away)


def _settle(now: datetime) -> None:
    """One after the other until the storage fails; the next round goes on."""
    try:
        for upload in Upload.objects.unfinished():
            _each(upload, uploads.settle, now)
    except NotNow as away:
        logger.warning("complete uploads wait for the storage: %s", away.__cause__ or away)


def _each(upload: Upload, act: Callable[..., None], now: datetime) -> None:
    try:
        act(upload, now=now)
    except Refusal as refusal:
        logger.info("upload %s: %s", upload.pk, refusal)
    except NotNow:
        raise
    except OSError:
        logger.exception("upload %s cannot be swept", upload.pk)


def _erase_leftovers() -> None:
    """Folders whose upload has ended; listed before the rows, so that a new upload is never among them."""
    folders = storage.upload_folders()
    still_open = set(Upload.objects.unfinished().values_list("pk", flat=True))
    for video_id in set(folders) - still_open:
        with suppress(Held), storage.locked(video_id):
            storage.erase_upload(video_id)
