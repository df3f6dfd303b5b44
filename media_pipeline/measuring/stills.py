"""One picture out of a video, for those who would rather look than read: made once, when first asked for."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from django.core.files.storage import default_storage

from media_pipeline.facts import Span, Unreadable
from media_pipeline.keeping.copies import workplace
from media_pipeline.keeping.refusals import NotNow
from media_pipeline.keeping.room import room
from media_pipeline.models import Rendition, Video
from media_pipeline.opening.ffmpeg import SDR, open_input
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.opening.sniff import sniff
from media_pipeline.receiving.originals import at_hand

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


def still_of(sha256: str, ms: int) -> bytes:
    """A JPEG of the picture of these bytes at `ms`; raises `Unreadable` where there is none."""
    name = f"stills/{sha256[:2]}/{sha256}/{ms}.jpg"
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        with _nearest(sha256) as source:
            picture = _draw(source, ms)
    _keep(picture, name)
    return picture


def _nearest(sha256: str) -> AbstractContextManager[Path]:
    """The original; where it would have to be fetched, the smallest quality once it is made."""
    made = (
        Rendition.objects.filter(kind=Rendition.Kind.LOW, job__key=sha256)
        if default_storage.is_remote
        else ()
    )
    for small in made:
        return default_storage.at_hand(small.name, sha256=small.sha256)
    return at_hand(sha256=sha256)


def draw_ahead(sha256: str, evidence: Iterable[Sequence[Span]]) -> None:
    """The first picture of each finding, by a job that has the file at hand: fetching it again takes long.

    A picture that does not come about is drawn when it is asked for.
    """
    if not default_storage.is_remote:
        return
    for first in (spans[0] for spans in evidence if spans):
        with suppress(Unreadable, NotNow):
            still_of(sha256, middle_ms(first.start_s, first.end_s))


def _draw(source: Path, ms: int) -> bytes:
    picture = bytearray()
    node = open_input(source, sniff(source), ss=ms / 1000)
    scaled = node["v:0"].filter("scale", f"min({WIDTH},iw*sar)", "-2", **SDR).filter("setsar", 1)
    argv = scaled.output(OUTPUT, vframes=1, f="mjpeg", **{"q:v": 4}).compile()[1:]
    run_ffmpeg(argv, limits=LIMITS, on_bytes={OUTPUT: picture.extend})
    if not picture:
        raise Unreadable("这一刻没有画面。")
    return bytes(picture)


def _keep(picture: bytes, name: str) -> None:
    """Whole or not at all, also when two ask at once."""
    with room(), workplace() as folder:
        (folder / "still.jpg").write_bytes(picture)
        default_storage.take(folder / "still.jpg", name, sha256=hashlib.sha256(picture).hexdigest())
