"""What the analysis holds in memory at its peak: of 2 minutes, of 20 and of 2 hours of the same video.

    ./run bench memory [FILE]

Repeats FILE, or half a minute it makes, without encoding anew; Linux only. Each length has a process of its
own, for a peak never falls.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.measure_cost import ffmpeg
from media_pipeline.measuring.inspection import inspect_file

MINUTES = (2, 20, 120)
PICTURE = "mandelbrot=size=640x360:rate=25:maxiter=100,noise=alls=6:allf=t"
SOUND = "aevalsrc=0.2*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t))"
CODECS = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac")
TOGETHER = "together"


def make(path: Path, picture: str, seconds: int) -> Path:
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", SOUND, "-t", str(seconds))
    ffmpeg(*inputs, *CODECS, str(path))
    return path


def repeat(source: Path, path: Path, minutes: int) -> Path:
    """So many minutes of it, as it was encoded."""
    ffmpeg("-stream_loop", "-1", "-i", str(source), "-t", str(60 * minutes), "-c", "copy", str(path))
    return path


class Memory(threading.Thread):
    """The most each kind of process held, and all of them together at one time, looked at ten times a second.

    Each by its VmHWM; together by the share each has in a page (PSS), so that shared pages count once.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_kb: dict[str, int] = defaultdict(int)
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(0.1):
            family = list(_family(os.getpid()))
            for pid in family:
                self._note(_kind(pid), _kb(f"/proc/{pid}/status", "VmHWM:"))
            self._note(TOGETHER, sum(_kb(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in family))

    def _note(self, kind: str, kb: int) -> None:
        self.peak_kb[kind] = max(self.peak_kb[kind], kb)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _text(children).split():
            yield from _family(int(child))


def _kind(pid: int) -> str:
    if pid == os.getpid():
        return "worker"
    return "ffmpeg" if _text(Path(f"/proc/{pid}/comm")).startswith("ffmpeg") else "probe"


def _kb(path: str, name: str) -> int:
    return next((int(line.split()[1]) for line in _text(Path(path)).splitlines() if line.startswith(name)), 0)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # a process that has just ended
        return ""


def measure(path: Path) -> None:
    with Memory() as memory:
        facts = inspect_file(path)
    held = "  ".join(f"{kind} {kb / 1024:4.0f} MB" for kind, kb in sorted(memory.peak_kb.items()))
    print(f"{facts.duration_s / 60:4.0f} min  {held}", flush=True)


def main(source: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        piece = Path(source) if source else make(Path(folder, "piece.mp4"), PICTURE, 30)
        for minutes in MINUTES:
            path = repeat(piece, Path(folder, f"long{piece.suffix}"), minutes)
            subprocess.run([sys.executable, __file__, "--of", str(path)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--of"]:
        measure(Path(sys.argv[2]))
    else:
        main(*sys.argv[1:2] or [None])
