"""Questions of the database as the exporters take them; a file is written once for its page and download."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.db.models import QuerySet

from question_bank.exporting.entry import Entry
from question_bank.images import read_image
from question_bank.models import Question

if TYPE_CHECKING:
    from question_bank.exporting.writing import Export


def entries_of(questions: QuerySet[Question]) -> list[Entry]:
    """Each question as it stands, with points and pictures; FileNotFoundError when one of these is lost."""
    return [_entry(question) for question in questions.prefetch_related("knowledge_points")]


def export_once(entries: Sequence[Entry], title: str, format: str) -> "Export":
    """As `export`; the very same file is written and read back once in ten minutes."""
    from question_bank.exporting.writing import export  # loads the libraries of all formats

    return caches["exports"].get_or_set(_key(entries, title, format), lambda: export(entries, title, format))


def _key(entries: Sequence[Entry], title: str, format: str) -> str:
    digest = hashlib.sha256(repr((title, format)).encode())
    for entry in entries:
        digest.update(repr(replace(entry, pictures=())).encode())
        for picture in entry.pictures:
            digest.update(hashlib.sha256(picture).digest())
    return digest.hexdigest()


def _entry(question: Question) -> Entry:
    points = tuple(point.name for point in question.knowledge_points.all())
    pictures = tuple(map(read_image, question.images))
    return Entry(question.content, points, pictures, (question.pk, question.version))
