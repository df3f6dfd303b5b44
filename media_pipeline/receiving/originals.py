"""The bytes as they were uploaded: read by every job, changed by none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_pipeline.models import Video


@contextmanager
def at_hand(*, sha256: str) -> Iterator[Path]:
    """A file with these bytes for as long as the block lasts; raises `FileNotFoundError`."""
    yield file_of(sha256)


def file_of(sha256: str) -> Path:
    """A file of this machine with these bytes, of whichever upload still has it."""
    paths = [video.path for video in Video.objects.filter(sha256=sha256, completed_at__isnull=False)]
    existing = next((path for path in paths if path.exists()), None)
    if existing is None:
        raise FileNotFoundError(", ".join(map(str, paths)))
    return existing
