"""Where the bytes of uploads on their way lie below MEDIA_ROOT, and the names of complete ones.

uploads/<id>/partial              on its way; the folder doubles as the lock of this upload
videos/<id>/original.<extension>  complete; kept by `media_pipeline.keeping`
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from media_pipeline.receiving.refusals import Held


def upload_folder(video_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT, "uploads", str(video_id))


def partial_path(video_id: UUID) -> Path:
    return upload_folder(video_id) / "partial"


def original_name(video_id: UUID, extension: str) -> str:
    """The name under which the complete file is kept, as in `Video.file`."""
    return f"videos/{video_id}/original.{extension}"


def received_file(video_id: UUID) -> Path | None:
    """The bytes of an unfinished upload: partial, or moved already when a crash came before the commit."""
    partial = partial_path(video_id)
    if partial.exists():
        return partial
    return next(Path(settings.MEDIA_ROOT, "videos", str(video_id)).glob("original.*"), None)


def received_bytes(video_id: UUID) -> int:
    """The tus offset: the size of the file on disk and nothing else."""
    path = received_file(video_id)
    return path.stat().st_size if path else 0


@contextmanager
def locked(video_id: UUID) -> Iterator[None]:
    """Hold this upload against every other process of the machine; raise `Held` at once when another does."""
    folder = upload_folder(video_id)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock_now(handle)
        yield
    finally:
        os.close(handle)


def erase_upload(video_id: UUID) -> None:
    shutil.rmtree(upload_folder(video_id), ignore_errors=True)


def upload_folders() -> list[UUID]:
    """Every upload that has a folder, finished or not."""
    return [UUID(partial.name) for partial in Path(settings.MEDIA_ROOT, "uploads").glob("*-*-*-*-*")]


def free_bytes() -> int:
    """What is left on the disk beyond the reserve that the database and the analysis need."""
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    reserve = getattr(settings, "MEDIA_DISK_RESERVE_BYTES", 2 * 1024**3)
    return shutil.disk_usage(settings.MEDIA_ROOT).free - reserve


def _lock_now(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise Held("另一个窗口或连接正在上传这个文件，请稍候再试。") from held
