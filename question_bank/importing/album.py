"""The pictures of one file. In texts a single character of the private plane stands for each of them."""

from base64 import b64decode
from hashlib import sha256

from question_bank.importing.raw import PICTURE, PICTURES

MAX_PICTURE = 5 * 1024**2  # bytes; ours
MAX_ALBUM = 200 * 1024**2
_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"BM": "bmp"}


def kind_of(data: bytes) -> str:
    """The extension of a picture that browsers and Word both show, by its first bytes; else empty."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), "")


def name_of(data: bytes) -> str:
    """The name a picture is kept under: the same bytes, the same name."""
    return f"{sha256(data).hexdigest()}.{kind_of(data)}"


def of_address(source: str) -> bytes | None:
    """The picture within a data: address; None for any other, and for what is none."""
    if not source.startswith("data:"):
        return None
    try:
        return b64decode(source.partition("base64,")[2])
    except ValueError:
        return None


class Album:
    def __init__(self) -> None:
        self.pictures: list[tuple[str, bytes]] = []
        self._kept: dict[str, str] = {}
        self._size = 0

    def add(self, data: bytes | None) -> str:
        """The character for a picture, one for the same bytes; `PICTURE`, told as lost, if there is none."""
        fits = data and len(data) <= MAX_PICTURE and self._size + len(data) <= MAX_ALBUM
        if not (fits and kind_of(data)):
            return PICTURE
        name = name_of(data)
        if name not in self._kept:
            self.pictures.append((name, data))
            self._size += len(data)
            self._kept[name] = chr(PICTURES + len(self.pictures) - 1)
        return self._kept[name]
