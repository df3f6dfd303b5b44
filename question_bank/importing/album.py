"""The pictures of one file. In texts a single character of the private plane stands for each of them."""

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


class Album:
    def __init__(self) -> None:
        self.pictures: list[tuple[str, bytes]] = []
        self._size = 0

    def add(self, data: bytes | None) -> str:
        """The character for a picture; `PICTURE`, which is told as lost, for what cannot be kept."""
        fits = data and len(data) <= MAX_PICTURE and self._size + len(data) <= MAX_ALBUM
        if not (fits and kind_of(data)):
            return PICTURE
        self.pictures.append((name_of(data), data))
        self._size += len(data)
        return chr(PICTURES + len(self.pictures) - 1)
