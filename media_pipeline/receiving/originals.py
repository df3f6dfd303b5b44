"""The bytes as they were uploaded: read by every job, changed by none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

from media_pipeline.models import Video


@contextmanager
def at_hand(*, sha256: str, on_stage: Callable[[str], None] = lambda stage: None) -> Iterator[Path]:
    """A file of this machine with these bytes for as long as the block lasts; blocks of one job share it.

    Raises `FileNotFoundError` when no upload has them any more, `NotNow` when they are out of reach, and what
    `on_stage` raises, which is told in Chinese what is waited for.
    """
    with default_storage.at_hand(_kept_name(sha256), sha256=sha256, on_stage=on_stage) as path:
        yield path


def _kept_name(sha256: str) -> str:
    """Of whichever upload still has these bytes."""
    uploads = Video.objects.filter(sha256=sha256, completed_at__isnull=False)
    names = list(uploads.values_list("file", flat=True))
    existing = next((name for name in names if default_storage.exists(name)), None)
    if existing is None:
        raise FileNotFoundError(", ".join(names))
    return existing
