"""Finished files below MEDIA_ROOT: on this machine, or on a file system that all machines share."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import FileSystemStorage

PIECE_BYTES = 256 * 1024


class FolderStorage(FileSystemStorage):
    is_remote = False

    def take(self, path: Path, name: str, *, sha256: str) -> None:
        """Keep the finished file at `path` (on the same file system) under `name`, durably; it is moved.

        Repeatable: nothing happens when it lies there already.
        """
        target = Path(self.path(name))
        if path == target:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(path)
        path.replace(target)
        for folder in (target.parent, target.parent.parent):
            _sync(folder)

    @contextmanager
    def at_hand(
        self, name: str, *, sha256: str, on_stage: Callable[[str], None] = lambda stage: None
    ) -> Iterator[Path]:
        """The file itself; raises `FileNotFoundError`."""
        path = Path(self.path(name))
        path.stat()
        yield path

    def span(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Bytes from `start`, at most `length`, in pieces; raises `FileNotFoundError` before the first."""
        path = Path(self.path(name))
        path.stat()
        return _pieces(path, start, length)

    def address(self, name: str, *, content_type: str, disposition: str) -> str:
        """Where else a person who was let in reads it: nowhere."""
        return ""

    def folders(self, name: str) -> list[str]:
        """The last parts of the names of folders below `name`."""
        return self.listdir(name)[0] if self.exists(name) else []

    def remove_folder(self, name: str) -> None:
        """All below it, and the folders above that it leaves empty."""
        folder = Path(self.path(name))
        shutil.rmtree(folder, ignore_errors=True)
        if folder.parent.exists() and not any(folder.parent.iterdir()):
            folder.parent.rmdir()


def _pieces(path: Path, start: int, length: int | None) -> Iterator[bytes]:
    left = length
    with path.open("rb") as file:
        file.seek(start)
        while piece := file.read(PIECE_BYTES if left is None else min(PIECE_BYTES, left)):
            left = left and left - len(piece)
            yield piece


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
