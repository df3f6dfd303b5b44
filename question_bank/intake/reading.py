"""A file that was handed in is read under a lease, judged, and its questions laid out for a person.

The batch row is the truth (as with jobs, docs/decisions/0011): a killed reader's lease lapses and another
begins anew.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import batched

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from question_bank.images import BadImage, keep_image
from question_bank.importing.cage import read_safely
from question_bank.importing.hints import BadHints, Hints, read_hints
from question_bank.importing.judging import examine
from question_bank.importing.raw import Reading, Unmapped, Unreadable
from question_bank.importing.verdicts import Verdict
from question_bank.intake.lease import kept_alive
from question_bank.intake.receiving import ImportRefused, bytes_of
from question_bank.intake.rows import row_of
from question_bank.models import BatchState, ColumnMapping, ImportBatch, ImportRow
from question_bank.questions.bulk import BATCH
from question_bank.questions.standing import standing_beside

LEASE = timedelta(seconds=180)  # renewed at each step, and by a thread while a library parses
MAX_ATTEMPTS = 3


def claim(pk: int, *, now: datetime) -> ImportBatch | None:
    """Take a batch that waits, or whose reader fell silent; None when there is nothing to take."""
    token = uuid.uuid4()
    taken = (
        unread(now)
        .filter(pk=pk, attempts__lt=MAX_ATTEMPTS)
        .update(
            state=BatchState.READING,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=now + LEASE,
            found=0,
            done=0,
            error="",
        )
    )
    return ImportBatch.objects.get(pk=pk) if taken else None


def unread(now: datetime) -> QuerySet[ImportBatch]:
    lapsed = Q(state=BatchState.READING, lease_until__lt=now)
    return ImportBatch.objects.filter(Q(state=BatchState.WAITING) | lapsed)


def give_up_hopeless(now: datetime) -> int:
    """Batches whose readers died each time are told to be unreadable."""
    sentence = f"读取连续 {MAX_ATTEMPTS} 次中断，已停止；请把文件分成几份再导入。"
    return unread(now).filter(attempts__gte=MAX_ATTEMPTS).update(**_ended(BatchState.UNREADABLE, sentence))


def read(batch: ImportBatch, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Read and judge a claimed batch, keeping its lease by `clock`; its rows appear when all are there."""
    try:
        with kept_alive(batch, until=lambda: clock() + LEASE):
            reading, hints = _read(batch)
    except Unmapped as unknown:
        end(batch, BatchState.MAPPING, error=str(unknown))
    except (Unreadable, BadHints) as refusal:
        end(batch, BatchState.UNREADABLE, error=str(refusal))
    else:
        _judge(batch, reading, hints, clock)


def _read(batch: ImportBatch) -> tuple[Reading, Hints]:
    hints = hints_of(batch)
    keys = (batch.keys_name, bytes_of(batch.keys_file)) if batch.keys_file else None
    return read_safely(bytes_of(batch.file), hints, keys), hints


def hints_of(batch: ImportBatch) -> Hints:
    """What was said of this file, and what the institution said of tables with the same heading before."""
    known = ColumnMapping.objects.filter(institution=batch.institution_id)
    tables = dict(known.values_list("fingerprint", "columns")) | batch.hints.get("tables", {})
    return read_hints({**batch.hints, "tables": tables})


def _judge(batch: ImportBatch, reading: Reading, hints: Hints, clock: Callable[[], datetime]) -> None:
    def tell(**fields: int) -> None:
        _tell(batch, now=clock(), **fields)

    tell(found=len(reading.questions))
    reading = with_kept_pictures(reading, tell=tell)
    bank = standing_beside(batch)
    with kept_alive(batch, until=lambda: clock() + LEASE):
        examination = examine(reading, bank=bank, hints=hints, tell=tell)
    with transaction.atomic():
        tell(done=0)
        batch.rows.all().delete()
    write_rows(batch, examination.verdicts, tell=lambda done: tell(done=done))
    notes = [{"code": note.code, "message": note.message} for note in examination.notes]
    end(batch, BatchState.REVIEW, format=reading.format, notes=notes)


def write_rows(
    batch: ImportBatch, verdicts: Iterable[Verdict], *, tell: Callable[[int], None] = lambda done: None
) -> None:
    """Some at a time, each time only when `tell` (how many there are then) does not raise."""
    done = 0
    for some in batched(verdicts, BATCH):
        rows = [row_of(batch, position, verdict) for position, verdict in enumerate(some, start=done + 1)]
        done += len(rows)
        with transaction.atomic():
            tell(done)
            ImportRow.objects.bulk_create(rows)


def with_kept_pictures(reading: Reading, *, tell: Callable[[], None] = lambda: None) -> Reading:
    """The reading with its pictures stored, under the names questions remember; a broken one is left out."""
    pictures = []
    for _, data in reading.pictures:
        pictures.append((_kept(data), data))
        tell()
    return replace(reading, pictures=pictures)


def _kept(data: bytes) -> str:
    try:
        return keep_image(BytesIO(data))
    except BadImage:
        return ""


def _tell(batch: ImportBatch, *, now: datetime, **fields: int) -> None:
    """Renew the lease and say how far the work is; raises ImportRefused when another took over."""
    held = ImportBatch.objects.filter(pk=batch.pk, lease_token=batch.lease_token, state=BatchState.READING)
    if not held.update(lease_until=now + LEASE, **fields):
        raise ImportRefused("另一个进程接手了这次导入。")


def end(batch: ImportBatch, state: BatchState, *, error: str = "", **fields: object) -> None:
    held = ImportBatch.objects.filter(pk=batch.pk, lease_token=batch.lease_token, state=BatchState.READING)
    held.update(**_ended(state, error), **fields)
    batch.refresh_from_db()


def put_back(batch: ImportBatch) -> None:
    """Let it wait again: it could not be reached, which says nothing of the file and costs no attempt."""
    held = ImportBatch.objects.filter(pk=batch.pk, lease_token=batch.lease_token, state=BatchState.READING)
    held.update(**_ended(BatchState.WAITING, ""), attempts=F("attempts") - 1)


def _ended(state: BatchState, error: str) -> dict[str, object]:
    return {"state": state, "error": error[:300], "lease_token": None, "lease_until": None}
