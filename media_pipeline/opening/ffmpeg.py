"""Which ffmpeg runs, and how it is allowed to open a file."""

from pathlib import Path

import ffmpeg
import imageio_ffmpeg

from media_pipeline.facts import VideoTrack
from media_pipeline.opening.sniff import ALLOWED_DEMUXERS

PROTOCOLS = "file"
OPEN_OPTIONS = {"protocol_whitelist": PROTOCOLS, "format_whitelist": ALLOWED_DEMUXERS}
"""For ffmpeg and PyAV alike. With a protocol list alone, a text named .mp4 can open a neighbour's file."""


SDR = {"out_primaries": "bt709", "out_transfer": "bt709"}
"""For `scale`: a picture of high dynamic range becomes one of the usual; all others pass bit by bit."""

LARGE = 1920 * 1088  # pixels
THREADS = 4  # address space is limited, and a thread costs it on machines with many cores


def executable() -> str:
    """The ffmpeg that came with pip, or the one named by the environment variable IMAGEIO_FFMPEG_EXE."""
    return imageio_ffmpeg.get_ffmpeg_exe()


def url(path: Path) -> str:
    """A name that is never taken for an option nor for another protocol, whatever the file is called."""
    return f"file:{path.resolve()}"


def open_input(path: Path, demuxer: str, **options: float | None) -> ffmpeg.Stream:
    """The input node of a graph: this one file, read as `demuxer` and as nothing else."""
    return ffmpeg.input(url(path), f=demuxer, **{"threads": THREADS, **OPEN_OPTIONS, **options})


def threads_for(video: VideoTrack | None) -> int:
    """Of the decoder in the analysis: a second one costs a tenth more, and few pictures need it."""
    return THREADS if video and video.width * video.height > LARGE else 1
