"""Small excerpts of picture and sound on the time line of a file, by which two files are compared.

The picture is 16×9 grey pixels a hundred times a second, the sound 8000 samples a second, both from second 0.
"""

from dataclasses import dataclass, field

import ffmpeg
import numpy as np
from numpy.typing import NDArray

from media_pipeline.facts import Span
from media_pipeline.opening.ffmpeg import SDR

FRAMES_PER_S = 100  # so the picture is placed to 10 ms
WIDTH, HEIGHT = 16, 9
SAMPLES_PER_S = 8000
PICTURE_BYTES_PER_S = WIDTH * HEIGHT * FRAMES_PER_S
SOUND_BYTES_PER_S = 2 * SAMPLES_PER_S
LENGTH_S = 12

PICTURE_PIPE, SOUND_PIPE = "excerpts of the picture", "excerpts of the sound"


def spans(duration_s: float) -> tuple[Span, ...]:
    """Where to listen and look: the beginning, the middle, the end; all of a short file."""
    if duration_s <= 4 * LENGTH_S:
        return (Span(0, duration_s),)
    middle_s, end_s = int(duration_s / 2), int(duration_s) - LENGTH_S
    return tuple(Span(start, start + LENGTH_S) for start in (0, middle_s, end_s))


@dataclass
class Excerpts:
    """Takes a stream of bytes and keeps what lies in `wanted`, one array for each span."""

    bytes_per_s: int
    wanted: tuple[Span, ...]
    position: int = 0
    kept: list[bytearray] = field(default_factory=list)

    def read(self, data: bytes) -> None:
        self.kept = self.kept or [bytearray() for _ in self.wanted]
        for span, kept in zip(self.wanted, self.kept, strict=True):
            start, end = (int(second * self.bytes_per_s) & ~1 for second in (span.start_s, span.end_s))
            kept += data[max(0, start - self.position) : max(0, end - self.position)]
        self.position += len(data)


@dataclass
class Watched:
    """The excerpts of one file, filled through the pipes of the run that decodes it."""

    wanted: tuple[Span, ...]

    def __post_init__(self) -> None:
        self._picture = Excerpts(PICTURE_BYTES_PER_S, self.wanted)
        self._sound = Excerpts(SOUND_BYTES_PER_S, self.wanted)
        self.on_bytes = {PICTURE_PIPE: self._picture.read, SOUND_PIPE: self._sound.read}

    @property
    def pictures(self) -> list[NDArray]:
        """Frames × pixels for each span."""
        frame = WIDTH * HEIGHT
        whole = (bytes(kept[: len(kept) // frame * frame]) for kept in self._picture.kept)
        return [np.frombuffer(kept, np.uint8).reshape(-1, frame).astype(np.float32) for kept in whole]

    @property
    def sounds(self) -> list[NDArray]:
        """Samples for each span."""
        return [
            np.frombuffer(bytes(kept[: len(kept) & ~1]), "<i2").astype(np.float32)
            for kept in self._sound.kept
        ]


def picture_output(picture: ffmpeg.Stream) -> ffmpeg.Stream:
    # a scaler that writes grey at once leaves the dynamic range as it is
    small = picture.filter("scale", WIDTH, HEIGHT, flags="area", **SDR).filter("format", "yuv420p")
    grey = small.filter("scale").filter("format", "gray").filter("fps", FRAMES_PER_S, start_time=0)
    return ffmpeg.output(grey, PICTURE_PIPE, f="rawvideo", vcodec="rawvideo")


def sound_output(sound: ffmpeg.Stream) -> ffmpeg.Stream:
    thin = sound.filter("aresample", SAMPLES_PER_S, **{"async": 1, "first_pts": 0})
    return ffmpeg.output(
        thin.filter("aformat", sample_fmts="s16", channel_layouts="mono"),
        SOUND_PIPE,
        f="s16le",
        acodec="pcm_s16le",
    )
