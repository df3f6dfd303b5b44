"""A long video in pieces: wall-clock and CPU with 1 and 2 workers against a plain decode, and peak memory.

    ./run bench pieces [MINUTES | long]

Makes a camera-like video of MINUTES (4, at least 2), cut into pieces of a minute, and 2 hours of 5 frames
a second; with "long" only these.
"""

import os
import resource
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.measure_cost import ffmpeg
from media_pipeline.measuring.inspection import Cutting, inspect_file

PICTURE = "mandelbrot=size=1280x720:rate=25:maxiter=100,noise=alls=6:allf=t"
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


def make(path: Path, picture: str, seconds: int) -> Path:
    voice = f"aevalsrc=0.2*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t)):d={seconds}"
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", voice, "-t", str(seconds))
    ffmpeg(*inputs, *CODECS, str(path))
    return path


class Memory(threading.Thread):
    """The most that this process and its descendants held at once, looked at ten times a second.

    By the share each has in a page (PSS), so that what they share counts once; Linux only.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_bytes, self._ended = 0, threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(0.1):
            self.peak_bytes = max(self.peak_bytes, sum(map(_held_bytes, _family(os.getpid()))))


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(child))]


def _held_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(act) -> tuple[float, float]:
    """Seconds on the wall and of the CPU, children included."""
    wall, cpu = time.monotonic(), time.process_time() + children_s()
    act()
    return time.monotonic() - wall, time.process_time() + children_s() - cpu


def main() -> None:
    argument = sys.argv[1] if len(sys.argv) > 1 else "4"
    with tempfile.TemporaryDirectory() as folder:
        if argument != "long":
            compare(Path(folder), int(argument))
        long = make(Path(folder, "long.mp4"), "testsrc2=size=320x180:rate=5", 7200)
        with Memory() as memory:
            inspect_file(long)
        print(f"2 hours: peak memory of all processes together {memory.peak_bytes >> 20} MB")


def compare(folder: Path, minutes: int) -> None:
    path = make(folder / "camera.mp4", PICTURE, 60 * minutes)
    plain = timed(lambda: ffmpeg("-i", str(path), "-f", "null", "-"))
    print(f"plain decode                wall {plain[0]:6.1f} s   CPU {plain[1]:6.1f} s", flush=True)
    whole = timed(lambda: inspect_file(path))
    print(f"whole                       wall   1.00 × whole   CPU {whole[1] / plain[1]:5.2f} × plain decode")
    for workers in (1, 2):
        wall, cpu = timed(partial(_pieces, path, workers, Cutting(over_s=60, piece_s=60)))
        ratios = f"wall {wall / whole[0]:6.2f} × whole   CPU {cpu / plain[1]:5.2f} × plain decode"
        print(f"in pieces, {workers} at a time      {ratios}", flush=True)


def _pieces(path: Path, workers: int, cutting: Cutting) -> None:
    from media_pipeline.measuring.inspection import cut_up, facts_of_pieces, measure_pieces, probe_file

    probed = probe_file(path, lambda done, stage: None)
    found = measure_pieces(path, probed, cut_up(probed, cutting), workers=workers)
    facts_of_pieces(path, probed, found, lambda done, stage: None)


if __name__ == "__main__":
    main()
