"""One picture out of a video, for those who would rather look than read: made once, when first asked for."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from media_pipeline.facts import Unreadable
from media_pipeline.models import Video
from media_pipeline.opening.ffmpeg import open_input
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.opening.sniff import sniff
from media_pipeline.receiving.originals import file_of

WIDTH = 480  # pixels
LIMITS = Limits(wall_s=30, cpu_s=30, memory_bytes=2 << 30, file_bytes=16 << 20)
OUTPUT = "the picture"  # the runner puts its pipe in its place


def middle_ms(start_s: float, end_s: float) -> int:
    """The moment of a stretch that stands for it, in milliseconds."""
    return round(500 * (start_s + end_s))


def moments(video: Video) -> set[int]:
    """The moments that the findings of a video from `with_inspection()` name; no other is ever drawn."""
    places = (place for finding in video.findings for place in finding.evidence)
    return {middle_ms(place["start_s"], place["end_s"]) for place in places}


def still_of(video: Video, ms: int) -> Path:
    """A JPEG of the picture at `ms`; raises `Unreadable` where there is none."""
    path = Path(settings.MEDIA_ROOT, "stills", video.sha256[:2], video.sha256, f"{ms}.jpg")
    if not path.exists():
        _store(_draw(file_of(sha256=video.sha256), ms), path)
    return path


def _draw(source: Path, ms: int) -> bytes:
    picture = bytearray()
    node = open_input(source, sniff(source), ss=ms / 1000)
    scaled = node["v:0"].filter("scale", f"min({WIDTH},iw*sar)", "-2").filter("setsar", 1)
    argv = scaled.output(OUTPUT, vframes=1, f="mjpeg", **{"q:v": 4}).compile()[1:]
    run_ffmpeg(argv, limits=LIMITS, on_bytes={OUTPUT: picture.extend})
    if not picture:
        raise Unreadable("这一刻没有画面。")
    return bytes(picture)


def _store(picture: bytes, path: Path) -> None:
    """Whole or not at all, also when two ask at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(picture)
    os.replace(file.name, path)  # noqa: PTH105 - over a file that another request has just made
