"""The sound of a video as Whisper wants it, decoded in ffmpeg's cage into a file read piece by piece."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from media_pipeline.facts import Probed, Unreadable
from media_pipeline.opening.ffmpeg import open_input
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.transcripts.speech import SAMPLE_RATE, Samples

PIPE = "sound"
SAMPLE_BYTES = 2


class Recording:
    """16-bit samples on disk: two hours are 230 MB there and nothing in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = path.stat().st_size // SAMPLE_BYTES

    @property
    def duration_s(self) -> float:
        return self._count / SAMPLE_RATE

    def samples(self, start_s: float, end_s: float) -> Samples:
        """The samples of a span, at most up to the end."""
        first, last = (min(round(second * SAMPLE_RATE), self._count) for second in (start_s, end_s))
        if first >= last:
            return np.zeros(0, np.float32)
        span = np.memmap(self._path, np.int16, "r", offset=first * SAMPLE_BYTES, shape=(last - first,))
        return span.astype(np.float32) / 32768


@contextmanager
def recording(path: Path, probed: Probed, *, on_progress: Callable[[float], None]) -> Iterator[Recording]:
    """The first sound track of `path` for the length of a `with` block; second 0 is that of the video."""
    with tempfile.TemporaryDirectory(prefix="anke-sound-") as folder:
        target = Path(folder) / "sound.s16"
        with target.open("wb") as file:
            _decode(path, probed, file.write, lambda: on_progress(_share(file.tell(), probed)))
        if not target.stat().st_size:
            raise Unreadable("声音轨道无法解码。请从原工程重新导出视频后再上传。")
        yield Recording(target)


def _share(written: int, probed: Probed) -> float:
    return min(1.0, written / SAMPLE_BYTES / SAMPLE_RATE / max(probed.container.duration_s, 0.1))


def _decode(
    path: Path, probed: Probed, write: Callable[[bytes], object], on_tick: Callable[[], None]
) -> None:
    track = open_input(path, probed.container.demuxer)[str(probed.audio.index)]
    # gaps are filled and a late start is padded, so that a second of text is a second of the video
    chain = track.filter("aresample", SAMPLE_RATE, **{"async": 1, "first_pts": 0})
    output = chain.filter("aformat", sample_fmts="s16", channel_layouts="mono").output(PIPE, f="s16le")
    run_ffmpeg(
        ["-loglevel", "error", *output.compile()[1:]],
        limits=Limits.for_duration(probed.container.duration_s),
        on_bytes={PIPE: write},
        on_tick=on_tick,
    )
