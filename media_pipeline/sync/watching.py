"""One stretch decoded closely: 25 frames a second around the face, and the voice under them."""

from collections.abc import Callable
from pathlib import Path

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from media_pipeline.facts import Probed, VideoTrack
from media_pipeline.opening.ffmpeg import open_input, threads_for
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.sync.matching import FRAMES_PER_S, Series
from media_pipeline.sync.mesh import SHAPES, LipReader
from media_pipeline.sync.places import Place
from media_pipeline.sync.voice import RATE, bands

FACE_PIXELS = 130  # a face of the model's own size; a larger one tells nothing more
PICTURE, VOICE = "picture", "voice"
LIMIT_S = 120


class _Frames:
    """Cuts the bytes of a pipe into pictures of one known size."""

    def __init__(self, width: int, height: int, on_frame: Callable[[NDArray[np.uint8]], None]) -> None:
        self._shape, self._size = (height, width, 3), height * width * 3
        self._on_frame, self._rest = on_frame, bytearray()

    def read(self, data: bytes) -> None:
        self._rest += data
        while len(self._rest) >= self._size:
            self._on_frame(np.frombuffer(bytes(self._rest[: self._size]), np.uint8).reshape(self._shape))
            del self._rest[: self._size]


def watch(
    path: Path, probed: Probed, place: Place, reader: LipReader, *, on_tick: Callable[[], None]
) -> Series:
    """Lips and voice of one stretch, frame by frame."""
    lips: list[NDArray[np.float32]] = []
    samples = bytearray()
    nothing = np.full(SHAPES, np.nan, np.float32)

    def look(frame: NDArray[np.uint8]) -> None:
        shape = reader.read(frame)
        lips.append(nothing if shape is None else shape)

    width, height = _size_of(place, probed.video)
    run_ffmpeg(
        _arguments(path, probed, place, width, height),
        limits=Limits(wall_s=LIMIT_S, cpu_s=LIMIT_S),
        on_bytes={PICTURE: _Frames(width, height, look).read, VOICE: samples.extend},
        on_tick=on_tick,
    )
    return _series(lips, np.frombuffer(bytes(samples[: len(samples) // 2 * 2]), np.int16) / np.float32(32768))


def _series(lips: list[NDArray[np.float32]], samples: NDArray[np.float32]) -> Series:
    voice = bands(samples)
    length = min(len(lips), len(voice))
    return Series(np.array(lips, np.float32).reshape(-1, SHAPES)[:length], voice[:length])


def _size_of(place: Place, video: VideoTrack) -> tuple[int, int]:
    """Of the cut-out in pixels: the face at `FACE_PIXELS`, never enlarged."""
    width, height = upright(video)
    scale = min(1.0, FACE_PIXELS / (place.size * max(width, height)))
    box = place.box
    return _even(scale * width * (box.right - box.left)), _even(scale * height * (box.bottom - box.top))


def upright(video: VideoTrack) -> tuple[int, int]:
    """Width and height as ffmpeg hands them on, turned as a player would."""
    turned = video.rotation % 180 == 90
    return (video.height, video.width) if turned else (video.width, video.height)


def _even(pixels: float) -> int:
    return max(2, 2 * round(pixels / 2))


def _arguments(path: Path, probed: Probed, place: Place, width: int, height: int) -> list[str]:
    """Both tracks begin where the stretch begins, filled up where one of them starts later."""
    span, box = place.span, place.box
    stretch = {"ss": round(span.start_s, 3), "t": round(span.length_s, 3)}
    source = open_input(path, probed.container.demuxer, threads=threads_for(probed.video), **stretch)
    picture = (
        source[str(probed.video.index)]
        .filter("fps", FRAMES_PER_S, start_time=0)
        .filter(
            "crop",
            f"iw*{box.right - box.left:.4f}",
            f"ih*{box.bottom - box.top:.4f}",
            f"iw*{box.left:.4f}",
            f"ih*{box.top:.4f}",
        )
        .filter("scale", width, height, flags="bilinear")
    )
    voice = (
        source[str(probed.audio.index)]
        .filter("aresample", RATE, first_pts=0, **{"async": 1})
        .filter("aformat", channel_layouts="mono", sample_fmts="s16")
    )
    outputs = (
        ffmpeg.output(picture, PICTURE, f="rawvideo", pix_fmt="rgb24", t=f"{span.length_s:.3f}"),
        ffmpeg.output(voice, VOICE, f="s16le", t=f"{span.length_s:.3f}"),
    )
    return ["-loglevel", "error", *ffmpeg.merge_outputs(*outputs).compile()[1:]]
