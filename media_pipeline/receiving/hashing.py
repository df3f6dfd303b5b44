"""SHA-256 of files that arrive in pieces: carried on in this process's memory, or read once at the end."""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from uuid import UUID

MOST_KEPT = 100  # uploads in progress per process; the longest idle one is forgotten first


class PieceHash:
    """The hash of the first `size` bytes of a file."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.size = 0

    def update(self, piece: bytes) -> None:
        self._sha256.update(piece)
        self.size += len(piece)

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


class HashesInProgress:
    """The piece hashes of one process, by upload. Losing one costs a second reading of the file."""

    def __init__(self) -> None:
        self._hashes: OrderedDict[UUID, PieceHash] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: UUID, offset: int) -> PieceHash | None:
        """The hash that ends at `offset`; None when another process received what lies before."""
        with self._lock:
            known = self._hashes.pop(key, None)
        if offset == 0:
            return PieceHash()
        return known if known and known.size == offset else None

    def keep(self, key: UUID, piece_hash: PieceHash | None) -> None:
        if piece_hash is None:
            return
        with self._lock:
            self._hashes[key] = piece_hash
            while len(self._hashes) > MOST_KEPT:
                self._hashes.popitem(last=False)

    def finish(self, key: UUID, path: Path) -> str:
        """The hex digest of the complete file at `path`."""
        known = self.take(key, path.stat().st_size)
        if known and known.size:
            return known.hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


hashes = HashesInProgress()
