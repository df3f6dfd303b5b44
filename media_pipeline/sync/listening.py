"""A close look at where the picture flashes: every frame by its own time, the sound sample by sample."""

from collections.abc import Callable, Sequence
from pathlib import Path

import ffmpeg
import numpy as np

from media_pipeline.facts import Probed, Sync, Unreadable
from media_pipeline.measuring.readings import FRAME_LINE
from media_pipeline.opening.ffmpeg import open_input
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.sync import signals

MOST = 8  # flashes that are looked at closely
AROUND_S = 1.3
NEAR_S = 0.15  # the lane knows a flash to a twelfth of a second
LEVEL = "lavfi.signalstats.YAVG="
VOICE = "voice"
LIMIT_S = 60


class _Levels:
    """The mean luma of every frame with its time, out of the lines of `metadata=print`."""

    def __init__(self) -> None:
        self.times_s: list[float] = []
        self.levels: list[float] = []

    def read(self, line: str) -> None:
        if frame := FRAME_LINE.match(line):
            self.times_s.append(float(frame[1]))
        elif line.startswith(LEVEL) and len(self.levels) < len(self.times_s):
            self.levels.append(float(line.removeprefix(LEVEL)))

    def jump_s(self, near_s: float) -> float | None:
        """When the frame appears that is brighter by half of the flash."""
        pairs = [(at, level) for at, level in zip(self.times_s, self.levels, strict=False)]
        close = [(at, level) for at, level in pairs if abs(at - near_s) < NEAR_S]
        if not close:
            return None
        bright, dark = max(level for _, level in close), min(level for _, level in close)
        return next(at for at, level in close if level >= (bright + dark) / 2)


def measure_signals(
    path: Path, probed: Probed, flashes_s: Sequence[float], *, on_tick: Callable[[], None] = lambda: None
) -> Sync | None:
    """None where there are no test signals, as in nearly every video."""
    seen = signals.alone(flashes_s)
    if len(seen) < signals.FEWEST:
        return None
    count = min(MOST, len(seen))
    chosen = [seen[round(index * (len(seen) - 1) / (count - 1))] for index in range(count)]
    looks = [_look(path, probed, at_s, on_tick) for at_s in chosen]
    flashes = [flash for flash, _ in looks if flash is not None]
    beeps = sorted(beep for _, found in looks for beep in found)
    return signals.agreed(signals.paired(flashes, beeps), len(chosen))


def _look(
    path: Path, probed: Probed, at_s: float, on_tick: Callable[[], None]
) -> tuple[float | None, list[float]]:
    """The flash and the beeps around it, in seconds of the file."""
    start_s = round(max(0.0, at_s - AROUND_S), 3)
    levels, samples = _Levels(), bytearray()
    try:
        run_ffmpeg(
            _arguments(path, probed, start_s),
            limits=Limits(wall_s=LIMIT_S, cpu_s=LIMIT_S),
            on_line=levels.read,
            on_bytes={VOICE: samples.extend},
            on_tick=on_tick,
        )
    except Unreadable:
        return None, []
    jump_s = levels.jump_s(at_s - start_s)
    heard = signals.beeps_in(
        np.frombuffer(bytes(samples[: len(samples) // 2 * 2]), np.int16) / np.float32(32768)
    )
    return None if jump_s is None else start_s + jump_s, [start_s + beep for beep in heard]


def _arguments(path: Path, probed: Probed, start_s: float) -> list[str]:
    source = open_input(path, probed.container.demuxer, ss=start_s, t=2 * AROUND_S)
    picture = (
        source[str(probed.video.index)]
        .filter("scale", 4, 4, flags="fast_bilinear", out_range="tv")
        .filter("format", "yuv444p")
        .filter("signalstats")
        .filter("metadata", "print", file="-", direct=1)
    )
    voice = (
        source[str(probed.audio.index)]
        .filter("aresample", signals.RATE, first_pts=0, **{"async": 1})
        .filter("aformat", channel_layouts="mono", sample_fmts="s16")
    )
    outputs = ffmpeg.output(picture, "-", f="null"), ffmpeg.output(voice, VOICE, f="s16le")
    return ["-loglevel", "error", *ffmpeg.merge_outputs(*outputs).compile()[1:]]
