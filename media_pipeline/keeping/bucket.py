"""Finished files in an S3-compatible bucket: the same acts as `folder.py`, and every outage is one `NotNow`.

Nothing here trusts the way: what was sent is read back, what is fetched is hashed.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.response import StreamingBody
from django.core.files.base import File
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from media_pipeline.keeping import copies
from media_pipeline.keeping.refusals import DOWN, Altered, NotNow
from media_pipeline.keeping.room import NO_ROOM, room
from media_pipeline.receiving import storage

PIECE_BYTES = 256 * 1024


class BucketStorage(S3Storage):
    """`redirect_s`: how long a presigned address of a video lasts; 0 streams it through our own view."""

    is_remote = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Checksums in trailers are Amazon's own since 2025; most compatible servers refuse them.
        self.client_config = Config(
            signature_version="s3v4",
            s3={"addressing_style": self.addressing_style},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=60,
            retries={"mode": "standard", "max_attempts": 3},
        )

    def get_default_settings(self) -> dict[str, Any]:
        """A second picture of the same name gets a name of its own, as in a folder; only `take` replaces."""
        return super().get_default_settings() | {"redirect_s": 0, "file_overwrite": False}

    def take(self, path: Path, name: str, *, sha256: str) -> None:
        """Keep the finished file at `path` under `name`; it has arrived when it was read back. Repeatable."""
        if self._holds(name, sha256):
            return
        with path.open("rb") as file:
            self._save(name, File(file))
        if not self._holds(name, sha256):
            raise NotNow(DOWN) from Altered(name)

    @contextmanager
    def at_hand(
        self, name: str, *, sha256: str, on_stage: Callable[[str], None] = lambda stage: None
    ) -> Iterator[Path]:
        """A working copy on this machine, shared by all who need it now; the last one out removes it.

        Raises `FileNotFoundError`, `Altered`, `NotNow`, and whatever `on_stage` raises.
        """
        copies.clear_abandoned()
        with copies.held(sha256) as folder:
            path = folder / PurePosixPath(name).name
            with copies.alone(folder, lambda: on_stage("等待取回视频")):
                if not path.exists():
                    self._fetch(name, path, sha256, on_stage)
            yield path

    def span(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Bytes from `start`, at most `length`, in pieces; raises as `_reached` does before the first."""
        wanted = {} if length is None else {"Range": f"bytes={start}-{start + length - 1}"}
        with _reached(name):
            answer = self._client.get_object(Bucket=self.bucket_name, Key=self._key(name), **wanted)
        return _pieces(answer["Body"], name)

    def address(self, name: str, *, content_type: str, disposition: str) -> str:
        """A presigned address for a person who was let in; empty where files are streamed by our view."""
        if not self.redirect_s:
            return ""
        shown = {"ResponseContentType": content_type, "ResponseContentDisposition": disposition}
        return self.url(name, parameters=shown, expire=self.redirect_s)

    def folders(self, name: str) -> list[str]:
        """The last parts of the names of folders below `name`."""
        return self.listdir(name)[0]

    def remove_folder(self, name: str) -> None:
        for folder in self.folders(name):
            self.remove_folder(f"{name}/{folder}")
        for file in self.listdir(name)[1]:
            self.delete(f"{name}/{file}")

    def exists(self, name: str) -> bool:
        with _reached(name):
            is_there = super().exists(name)
            if not is_there:  # by HEAD alone, a bucket that is gone looks like a file that is gone
                self._client.head_bucket(Bucket=self.bucket_name)
        return is_there

    def delete(self, name: str) -> None:
        with _reached(name):
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _reached(name):
            return super().listdir(name)

    def size(self, name: str) -> int:
        with _reached(name):
            return super().size(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        """Read at once, so that an outage shows here: pictures, documents, banks. Videos go by `span`."""
        if mode != "rb":
            return super()._open(name, mode)
        return File(BytesIO(b"".join(self.span(name))), name)

    def _save(self, name: str, content: File) -> str:
        with _reached(name):
            return super()._save(name, content)

    def _holds(self, name: str, sha256: str) -> bool:
        digest = hashlib.sha256()
        try:
            for piece in self.span(name):
                digest.update(piece)
        except FileNotFoundError:
            return False
        return digest.hexdigest() == sha256

    def _fetch(self, name: str, path: Path, sha256: str, on_stage: Callable[[str], None]) -> None:
        size, arrived, digest = self.size(name), 0, hashlib.sha256()
        if size > storage.free_bytes():
            raise NotNow(NO_ROOM)
        part = path.with_suffix(".part")
        with room(), part.open("wb") as file:
            for piece in self.span(name):
                arrived += file.write(piece)
                digest.update(piece)
                on_stage(f"取回视频 {arrived / size:.0%}")
        if digest.hexdigest() != sha256:
            raise Altered(name)
        part.rename(path)

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        return self._normalize_name(name)


def _pieces(body: StreamingBody, name: str) -> Iterator[bytes]:
    with closing(body):
        while True:
            with _reached(name):
                piece = body.read(PIECE_BYTES)
            if not piece:
                return
            yield piece


@contextmanager
def _reached(name: str) -> Iterator[None]:
    """A file that is not there is `FileNotFoundError`; all else that goes wrong is `NotNow`."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") == "NoSuchKey":
            raise FileNotFoundError(name) from error
        raise NotNow(DOWN) from error
    except (BotoCoreError, Boto3Error, HTTPError) as error:
        raise NotNow(DOWN) from error
