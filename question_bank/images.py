"""Pictures of questions: checked, made small, kept under the hash of their bytes and so never overwritten."""

import hashlib
import re
from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

FOLDER = "question-images"
MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # before it is made small; a bomb unpacks to more
MAX_SIDE = 1600
MAX_IMAGES = 6  # of one question
_NAME = re.compile(rf"{FOLDER}/[0-9a-f]{{64}}\.png")
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")


class BadImage(ValueError):
    """No picture that can be shown; the message is one sentence."""


def keep_image(file: BinaryIO, *, name: str = "图片") -> str:
    """Store a picture and return the name a question remembers; raises `BadImage`.

    It is drawn anew as PNG: what else the file held (places, thumbnails, scripts) is gone.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadImage(f"“{name}”超过 {MAX_BYTES // 1_000_000} MB，请缩小后再上传。")
    drawn = _redraw(data, name)
    stored = f"{FOLDER}/{hashlib.sha256(drawn).hexdigest()}.png"
    if not default_storage.exists(stored):
        default_storage.save(stored, ContentFile(drawn))
    return stored


def _redraw(data: bytes, name: str) -> bytes:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadImage(f"“{name}”有 {picture.width}×{picture.height} 像素，太大了，请缩小后再上传。")
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.mode in ("P", "LA", "RGBA", "PA") else "RGB")
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            stream = BytesIO()
            upright.save(stream, "PNG", optimize=True)
            return stream.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        if isinstance(error, BadImage):
            raise
        raise BadImage(f"“{name}”不是能显示的图片，请用 PNG 或 JPEG。") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadImage(f"“{name}”太大了，请缩小后再上传。") from error


def is_kept(stored: str) -> bool:
    """Whether `stored` is the name of a picture that was kept."""
    return bool(_NAME.fullmatch(stored)) and default_storage.exists(stored)


def read_image(stored: str) -> bytes:
    """The PNG of a kept picture; raises FileNotFoundError."""
    with default_storage.open(stored) as file:
        return file.read()
