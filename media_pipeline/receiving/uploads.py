"""Resumable uploads: tus 1.0 without its HTTP. A kill at any moment loses nothing (docs/decisions/0010).

The partial file is the only record of progress; the row only says whether the upload has ended and how.
"""

import errno
import logging
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path

from django.db import transaction

from accounts.models import Institution, User
from media_pipeline.keeping.refusals import NotNow
from media_pipeline.models import Upload, Video
from media_pipeline.receiving import completion, storage
from media_pipeline.receiving.admission import check_author, check_length, check_quota, clean_name
from media_pipeline.receiving.hashing import PieceHash, hashes
from media_pipeline.receiving.refusals import DiskFull, Ended, NotAllowed, OffsetMismatch, TooLarge

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=3)  # after the last piece that arrived


def create(*, by: User, name: str, length: int, now: datetime) -> Upload:
    """Open an upload of `length` bytes for a new video; raises a `Refusal` that says why not."""
    check_author(by)
    check_length(length)
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=by.institution_id)
        check_quota(institution, length)
        video = Video.objects.create(
            institution=institution,
            uploaded_by=by,
            original_name=clean_name(name),
            size=length,
            created_at=now,
        )
        return Upload.objects.create(video=video, length=length, expires_at=now + KEPT_FOR)


def offset(upload: Upload) -> int:
    """How many bytes are there; raise `Ended` when the upload was refused, cancelled or has expired."""
    _check_not_refused(upload)
    return upload.length if upload.finished_at else storage.received_bytes(upload.pk)


def append(upload: Upload, *, at: int, size: int, pieces: Iterable[bytes], now: datetime) -> int:
    """Write up to `size` bytes from offset `at`, return the new offset; the last byte completes it."""
    with storage.locked(upload.pk):
        upload.refresh_from_db()
        _check_fits(upload, at, size)
        if at < upload.length:
            _write(upload, at, pieces)
            Upload.objects.filter(pk=upload.pk).update(expires_at=now + KEPT_FOR)
        reached = offset(upload)
        _advance(upload, now)
    return reached


def settle(upload: Upload, *, now: datetime) -> None:
    """Complete an upload whose bytes are all there, whatever became of the request that brought the last.

    Raises `NotNow` while the storage is out of reach.
    """
    with storage.locked(upload.pk):
        upload.refresh_from_db()
        completion.advance(upload, now=now)


def cancel(upload: Upload, *, now: datetime) -> None:
    """The author gives up; a complete video stays."""
    with storage.locked(upload.pk):
        upload.refresh_from_db()
        _check_not_refused(upload)
        if upload.finished_at:
            raise NotAllowed("视频已经上传完成，不能再取消上传。")
        completion.refuse(upload, "上传已取消。", now=now)


def add_file(path: Path, *, by: User, now: datetime) -> Video:
    """Take in a file of this machine as if `by` had uploaded it; same rules, same refusals."""
    size = path.stat().st_size
    upload = create(by=by, name=path.name, length=size, now=now)
    with path.open("rb") as file:
        append(upload, at=0, size=size, pieces=iter(lambda: file.read(1024**2), b""), now=now)
    return Video.objects.get(pk=upload.pk)


def expire(upload: Upload, *, now: datetime) -> None:
    """Give up an upload that nobody continued, unless a piece arrived meanwhile."""
    with storage.locked(upload.pk):
        upload.refresh_from_db()
        is_whole = storage.received_bytes(upload.pk) == upload.length  # waits for us, not for its author
        if not upload.finished_at and upload.expires_at <= now and not is_whole:
            completion.refuse(upload, f"上传中断超过 {KEPT_FOR.days} 天，已清除。请重新上传。", now=now)


def _advance(upload: Upload, now: datetime) -> None:
    """While the storage is away the bytes stay here, and the minute's sweep completes the upload later."""
    try:
        completion.advance(upload, now=now)
    except NotNow as away:
        logger.warning("upload %s waits for the storage: %s", upload.pk, away.__cause__ or away)


def _write(upload: Upload, at: int, pieces: Iterable[bytes]) -> None:
    """Append and hash; what arrived before an error is kept and synced all the same."""
    piece_hash = hashes.take(upload.pk, at)
    with storage.partial_path(upload.pk).open("ab", buffering=0) as file:
        try:
            _copy(pieces, file, piece_hash)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull("服务器磁盘已满，已收到的部分会保留。请联系平台管理员后再继续。") from error
            raise
        finally:
            os.fsync(file.fileno())
            hashes.keep(upload.pk, piece_hash)


def _copy(pieces: Iterable[bytes], file: FileIO, piece_hash: PieceHash | None) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[file.write(rest) :]
        if piece_hash:
            piece_hash.update(piece)


def _check_not_refused(upload: Upload) -> None:
    if upload.error:
        raise Ended(upload.error)


def _check_fits(upload: Upload, at: int, size: int) -> None:
    there = offset(upload)
    if at != there:
        raise OffsetMismatch(f"服务器已收到 {there} 字节，而这一段从 {at} 字节开始。请从已收到处继续。")
    if at + size > upload.length:
        raise TooLarge(f"收到的内容超过了声明的 {upload.length} 字节。文件可能在上传中被改动，请重新上传。")
