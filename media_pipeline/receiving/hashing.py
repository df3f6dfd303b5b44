"""SHA-256 of files that arrive in pieces: carried on in this process's memory, or read once at the end."""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from uuid import UUID

READ_BYTES = 1 << 20
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
        """The hex digest of the complete file at `path`, kept in case what comes next must be repeated."""
        known = self.take(key, path.stat().st_size) or _read(path)
        self.keep(key, known)
        return known.hexdigest()


def _read(path: Path) -> PieceHash:
    read = PieceHash()
    with path.open("rb") as file:
        while piece := file.read(READ_BYTES):
            read.update(piece)
    return read


hashes = HashesInProgress()
