"""Which containers are taken in as a video, and how a stored one is named and announced to players."""

from pathlib import Path, PurePath

from media_pipeline.facts import Unreadable
from media_pipeline.opening.sniff import sniff
from media_pipeline.receiving.refusals import NotAVideo

_EXTENSIONS = {
    "mov": "mp4",
    "matroska": "mkv",
    "webm": "webm",
    "avi": "avi",
    "mpegts": "ts",
    "mpeg": "mpg",
    "flv": "flv",
    "asf": "wmv",
}
_CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".avi": "video/x-msvideo",
    ".ts": "video/mp2t",
    ".mpg": "video/mpeg",
    ".flv": "video/x-flv",
    ".wmv": "video/x-ms-wmv",
    ".jpg": "image/jpeg",
}


def extension_of(path: Path) -> str:
    """The extension for the file at `path`, by its first bytes; raise `NotAVideo` with a sentence."""
    try:
        demuxer = sniff(path)
    except Unreadable as unreadable:
        raise NotAVideo(unreadable.reason) from unreadable
    if demuxer not in _EXTENSIONS:
        raise NotAVideo("这是音频文件，没有画面。请上传带画面的视频。")
    return _EXTENSIONS[demuxer]


def content_type_of(name: str) -> str:
    """The media type of a file stored under a name of ours."""
    return _CONTENT_TYPES[PurePath(name).suffix]
