"""A file handed in: kept, read again in another way, or given up; nothing is read here."""

import re
import uuid
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Institution, User
from catalog.models import OperationItem
from question_bank.importing.hints import read_hints
from question_bank.models import BatchState, ColumnMapping, ImportBatch

FOLDER = "question-imports"
_COPY_MARKS = re.compile(
    r"(?:[\s_-]*(?:副本|复件|copy)|[\s_-]*[(（\[]\d+[)）\]]|[\s_-]+v?\d{1,8}(?:\.\d+)*)+$", re.I
)


class ImportRefused(Exception):
    """What cannot be done with an import; the message is one sentence for whoever tried."""


def receive(
    *,
    item: OperationItem,
    institution: Institution,
    name: str,
    data: bytes,
    keys: tuple[str, bytes] | None = None,
    by: User,
) -> ImportBatch:
    """Keep the file under a name of our own; nothing is read yet."""
    folder = f"{FOLDER}/{uuid.uuid4()}"
    return ImportBatch.objects.create(
        item=item,
        institution=institution,
        name=name[-255:],
        bank=bank_name(name),
        file=default_storage.save(f"{folder}/bank", ContentFile(data)),
        sha256=sha256(data).hexdigest(),
        keys_name=keys[0][-255:] if keys else "",
        keys_file=default_storage.save(f"{folder}/keys", ContentFile(keys[1])) if keys else "",
        created_by=by,
    )


def bank_name(name: str) -> str:
    """The bank a file is a state of: `低压电工 (2).xlsx` and `低压电工-副本.docx` are 低压电工."""
    stem = name.rpartition(".")[0] or name
    return (_COPY_MARKS.sub("", stem).strip() or stem)[:255]


def bytes_of(stored: str) -> bytes:
    with default_storage.open(stored) as file:
        return file.read()


@transaction.atomic
def read_again(batch: ImportBatch, *, hints: dict, keys: tuple[str, bytes] | None = None) -> None:
    """Read the file anew in the way a person said, with a file of keys where one is given.

    Decisions made so far fall away. Raises BadHints, ImportRefused.
    """
    read_hints(hints)
    open_states = [BatchState.REVIEW, BatchState.MAPPING, BatchState.UNREADABLE]
    waiting = {"state": BatchState.WAITING, "hints": hints, "attempts": 0, "error": ""} | _with_keys(keys)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=open_states).update(**waiting):
        raise ImportRefused("这次导入已经保存、放弃或正在读取，不能再改读法。")
    batch.rows.all().delete()
    for fingerprint, columns in hints.get("tables", {}).items():
        ColumnMapping.objects.update_or_create(
            institution=batch.institution, fingerprint=fingerprint, defaults={"columns": columns}
        )


def _with_keys(keys: tuple[str, bytes] | None) -> dict[str, str]:
    if keys is None:
        return {}
    name, data = keys
    stored = default_storage.save(f"{FOLDER}/{uuid.uuid4()}/keys", ContentFile(data))
    return {"keys_name": name[-255:], "keys_file": stored}


def discard(batch: ImportBatch) -> bool:
    """Give an import up: its rows go, the record stays; False when it was saved or is being read."""
    closed = [BatchState.SAVED, BatchState.READING, BatchState.DISCARDED]
    given_up = ImportBatch.objects.filter(pk=batch.pk).exclude(state__in=closed)
    if not given_up.update(state=BatchState.DISCARDED):
        return False
    batch.rows.all().delete()
    return True
