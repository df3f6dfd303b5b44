"""When a file that was handed in is read: at once when it is small, else by a worker; never lost."""

import logging
from datetime import datetime

from celery import current_app
from django.db import OperationalError, transaction
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerDown

from question_bank.intake import reading, receiving
from question_bank.models import BatchState, ImportBatch

logger = logging.getLogger(__name__)
RINGS_PER_ROUND = 20
SMALL_BYTES = 300_000  # read while the person waits; anything above by a worker


def begin(batch: ImportBatch, *, size: int, now: datetime) -> None:
    """Read a small file while the person waits; for a larger one ring a worker at the commit."""
    if size <= SMALL_BYTES and not batch.keys_file:
        read_batch(batch.pk, now=now)
    else:
        transaction.on_commit(lambda: ring("read_import", batch.pk), robust=True)


def read_batch(pk: int, *, now: datetime) -> None:
    """Read a batch when it can be claimed; what no reader foresaw is logged, and told in one sentence."""
    batch = reading.claim(pk, now=now)
    if batch is None:
        return
    try:
        reading.read(batch)
    except receiving.ImportRefused:
        logger.warning("import %s went on without this reader", pk)
    except ConnectionError as away:
        logger.warning("import %s waits for the storage: %s", pk, away.__cause__ or away)
        reading.put_back(batch)
    except OperationalError:
        logger.warning("import %s lost the database, its lease decides", pk, exc_info=True)
    except Exception:
        logger.exception("import %s could not be read", pk)
        reading.end(
            batch, BatchState.UNREADABLE, error="文件读到一半出了错，已记录；请另存为 .xlsx 或 .docx 再试。"
        )


def tend(now: datetime) -> None:
    """Ring for what waits or was dropped by a dead reader; the broker may have lost the first bell."""
    reading.give_up_hopeless(now)
    for pk in reading.unread(now).order_by("pk").values_list("pk", flat=True)[:RINGS_PER_ROUND]:
        ring("read_import", pk)


def ring(task: str, *args: object) -> None:
    """Announce work; a broker that is down is made up for by `tend`."""
    try:
        current_app.send_task(f"question_bank.{task}", args=args, queue="celery", expires=60, retry=False)
    except (BrokerDown, KombuError, OSError) as down:
        logger.warning("%s %s waits: the broker does not answer (%s)", task, args, down)
