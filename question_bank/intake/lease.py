"""A reader's sign of life: a thread that renews the lease of a batch while a library parses in silence.

A live reader keeps its batch however long a step takes; a killed one loses it, as its threads stop too.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import Error, connection

from question_bank.models import BatchState, ImportBatch

logger = logging.getLogger(__name__)

EVERY_S = 30.0


@contextmanager
def kept_alive(
    batch: ImportBatch, *, until: Callable[[], datetime], every_s: float | None = None
) -> Iterator[None]:
    """Let the lease of `batch` last `until` (asked at each beat) for as long as the block runs."""
    stop = threading.Event()
    thread = threading.Thread(
        target=_beat, args=(batch, until, every_s or EVERY_S, stop), name="import-lease", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(batch: ImportBatch, until: Callable[[], datetime], every_s: float, stop: threading.Event) -> None:
    try:
        while not stop.wait(every_s):
            if not _renew(batch, until()):
                return
    finally:
        connection.close()


def _renew(batch: ImportBatch, until: datetime) -> bool:
    """False when another reader took over: there is nothing to keep then."""
    held = ImportBatch.objects.filter(pk=batch.pk, lease_token=batch.lease_token, state=BatchState.READING)
    try:
        return bool(held.update(lease_until=until))
    except Error:
        # the lease outlasts several beats; a database that is busy is asked again
        logger.warning("the lease of import %s was not renewed", batch.pk, exc_info=True)
        connection.close()
        return True
