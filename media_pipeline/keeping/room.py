"""A full disk: work that lacks room waits with one sentence, and goes on by itself."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from media_pipeline.keeping.refusals import NotNow
from media_pipeline.receiving import storage

NO_ROOM = "服务器磁盘已满，腾出空间后自动再试"
FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def room() -> Iterator[None]:
    """What is written in this block and finds no room raises `NotNow`."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NotNow(NO_ROOM) from error
        raise


def unless_full(refusal: Exception) -> Exception:
    """Why a program that writes files ended badly: it says only that it did."""
    return NotNow(NO_ROOM) if storage.free_bytes() <= 0 else refusal
