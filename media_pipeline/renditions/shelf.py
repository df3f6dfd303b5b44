"""Where renditions are kept: renditions/<sha256 of the original>/<attempt>/<name>.

Each attempt has a folder of its own, and rows point into it only once all is made, checked and kept. So a
killed attempt leaves a folder that no row names, never half a file that somebody gets; it is cleared later.
"""

import uuid
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from media_pipeline.models import Job, Rendition, Video

ROOT = "renditions"


def new_folder(sha256: str) -> str:
    """The name of the folder of one attempt, after what earlier attempts left is gone."""
    clear(sha256)
    return f"{ROOT}/{sha256}/{uuid.uuid4().hex}"


def clear(sha256: str) -> None:
    """Delete the attempts of these bytes that no row names."""
    named = {PurePosixPath(name).parent.name for name in _rows(sha256).values_list("name", flat=True)}
    for attempt in default_storage.folders(f"{ROOT}/{sha256}"):
        if attempt not in named:
            default_storage.remove_folder(f"{ROOT}/{sha256}/{attempt}")


def sweep() -> None:
    """Clear what killed attempts left, and all that belongs to videos that are gone."""
    for sha256 in default_storage.folders(ROOT):
        if Job.objects.filter(kind=Job.Kind.RENDER, key=sha256, state=Job.State.RUNNING).exists():
            continue
        if not Video.objects.filter(sha256=sha256).exists():
            _rows(sha256).delete()
        clear(sha256)


def _rows(sha256: str) -> QuerySet[Rendition]:
    return Rendition.objects.filter(job__kind=Job.Kind.RENDER, job__key=sha256)
