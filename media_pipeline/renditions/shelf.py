"""Where renditions lie below MEDIA_ROOT: renditions/<sha256 of the original>/<attempt>/<name>.

Each attempt has a folder of its own, and rows point into it only once all is made and checked. So a killed
attempt leaves a folder that no row names, never half a file that somebody gets; it is cleared away later.
"""

import hashlib
import os
import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from media_pipeline.models import Job, Rendition, Video
from media_pipeline.receiving import storage


def new_folder(sha256: str) -> Path:
    """An empty folder for one attempt, after what earlier attempts left is gone."""
    clear(sha256)
    folder = _root() / sha256 / uuid.uuid4().hex
    folder.mkdir(parents=True)
    return folder


def name_of(path: Path) -> str:
    """The path relative to MEDIA_ROOT, as `Rendition.name` keeps it."""
    return path.relative_to(settings.MEDIA_ROOT).as_posix()


def clear(sha256: str) -> None:
    """Delete the attempts of these bytes that no row names."""
    named = {Path(name).parent.name for name in _rows(sha256).values_list("name", flat=True)}
    for attempt in (_root() / sha256).glob("*"):
        if attempt.name not in named:
            shutil.rmtree(attempt, ignore_errors=True)


def sweep() -> None:
    """Clear what killed attempts left, and all that belongs to videos that are gone."""
    for folder in _root().glob("*"):
        if Job.objects.filter(kind=Job.Kind.RENDER, key=folder.name, state=Job.State.RUNNING).exists():
            continue
        if not Video.objects.filter(sha256=folder.name).exists():
            _rows(folder.name).delete()
        clear(folder.name)
        if not any(folder.iterdir()):
            folder.rmdir()


def settle(path: Path) -> str:
    """Make the file outlast a crash of the machine; its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    storage.sync_folder(path.parent)
    return digest


def _root() -> Path:
    return Path(settings.MEDIA_ROOT, "renditions")


def _rows(sha256: str) -> QuerySet[Rendition]:
    return Rendition.objects.filter(job__kind=Job.Kind.RENDER, job__key=sha256)
