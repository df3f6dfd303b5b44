"""Work on this machine: folders below MEDIA_ROOT/work that last as long as somebody holds them.

Whoever works in a folder holds a shared lock on it (flock), which a kill takes away; the last one out removes
it, and what a kill left is cleared at the next fetch and by the minute's sweep.
"""

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

WAIT_S = 0.5


@contextmanager
def held(key: str) -> Iterator[Path]:
    """The folder of this machine for `key`, shared with all who hold it now."""
    folder = _root() / key
    handle = _share(folder)
    try:
        yield folder
    finally:
        _remove_unless_held(folder, handle)
        os.close(handle)


@contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder that nobody else knows."""
    with held(uuid.uuid4().hex) as folder:
        yield folder


@contextmanager
def alone(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """One at a time among those who hold `folder`; what `on_wait` raises ends the wait."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
    try:
        while not _locked(handle, fcntl.LOCK_EX):
            on_wait()
            time.sleep(WAIT_S)
        yield
    finally:
        os.close(handle)


def clear_abandoned() -> None:
    """Remove what nobody of this machine holds."""
    for folder in _root().glob("*"):
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        _remove_unless_held(folder, handle)
        os.close(handle)


def _share(folder: Path) -> int:
    """A handle with the shared lock; made anew when it was removed in that moment."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        fcntl.flock(handle, fcntl.LOCK_SH)  # waits for a removal and for nothing else
        if _is_still(folder, handle):
            return handle
        os.close(handle)


def _remove_unless_held(folder: Path, handle: int) -> None:
    if _locked(handle, fcntl.LOCK_EX) and _is_still(folder, handle):
        shutil.rmtree(folder, ignore_errors=True)


def _locked(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(folder.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _root() -> Path:
    return Path(settings.MEDIA_ROOT, "work")
