"""Poster and thumbnails, taken from finished renditions: their key frames are near, their size is small."""

from collections.abc import Callable
from pathlib import Path

import ffmpeg

from media_pipeline.facts import Unreadable
from media_pipeline.keeping.room import unless_full
from media_pipeline.opening.ffmpeg import open_input, url
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.renditions.storyboard import COLUMNS, ROWS, Storyboard

POSTER_BOX = 640  # pixels, the longer side
LOOKED_THROUGH = 100  # frames, of which the poster is the most usual one: no cross-fade, no flash
POSTER_AT = 0.1  # of the duration: past the opening titles
SHARPNESS = 4  # of mjpeg: 2 best, 31 worst


def make_poster(source: Path, poster: Path, duration_s: float) -> None:
    """One JPEG of a frame that looks like those around it."""
    start_s = POSTER_AT * duration_s
    picture = ffmpeg.input(url(source), f="mov", ss=f"{start_s:.3f}")["v:0"].filter(
        "thumbnail", LOOKED_THROUGH
    )
    fit = {"force_original_aspect_ratio": "decrease", "force_divisible_by": 2}
    smaller = picture.filter("scale", f"min({POSTER_BOX},iw)", f"min({POSTER_BOX},ih)", **fit)
    _run(_picture(smaller, poster, frames=1), duration_s, lambda: None)


def make_sprites(
    source: Path, board: Storyboard, folder: Path, duration_s: float, on_tick: Callable[[], None]
) -> list[Path]:
    """The sheets in their order, as `sprite-0.jpg` and so on below `folder`."""
    tiles = (
        open_input(source, "mov")["v:0"]
        .filter("fps", f"1/{board.every_s}", start_time=0, round="up")
        .filter("trim", end_frame=board.tiles)
        .filter("scale", board.width, board.height)
        .filter("tile", f"{COLUMNS}x{ROWS}")
    )
    _run(_picture(tiles, folder / "sprite-%d.jpg", start_number=0), duration_s, on_tick)
    return [folder / f"sprite-{number}.jpg" for number in range(board.sheets)]


def _picture(picture: ffmpeg.Stream, path: Path, **options: int) -> ffmpeg.Stream:
    options |= {"qscale": SHARPNESS, "vcodec": "mjpeg", "pix_fmt": "yuvj420p", "fps_mode": "passthrough"}
    return ffmpeg.output(picture, url(path), f="image2", **options)


def _run(output: ffmpeg.Stream, duration_s: float, on_tick: Callable[[], None]) -> None:
    if run_ffmpeg(output.compile()[1:], limits=Limits.for_duration(duration_s), on_tick=on_tick):
        raise unless_full(Unreadable("封面和缩略图没有做成，多半是文件内容损坏；请重新导出后再上传。"))
