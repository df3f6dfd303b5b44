"""A long video in pieces: wall-clock and CPU with 1 and 2 workers against the whole and a plain decode.

    ./run bench pieces [MINUTES]

Repeats half a minute of a camera-like video up to MINUTES (21) and cuts it as the site does: over 20 minutes,
into pieces of 10.
"""

import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.measure_cost import ffmpeg
from benchmarks.memory import PICTURE, make, repeat
from media_pipeline.measuring.inspection import (
    BY_DEFAULT,
    cut_up,
    facts_of_pieces,
    inspect_file,
    measure_pieces,
    probe_file,
)


def children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(act) -> tuple[float, float]:
    """Seconds on the wall and of the CPU, children included."""
    wall, cpu = time.monotonic(), time.process_time() + children_s()
    act()
    return time.monotonic() - wall, time.process_time() + children_s() - cpu


def main(minutes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        piece = make(Path(folder, "piece.mp4"), PICTURE, 30)
        compare(repeat(piece, Path(folder, "long.mp4"), minutes))


def compare(path: Path) -> None:
    plain = timed(lambda: ffmpeg("-i", str(path), "-f", "null", "-"))
    whole = timed(lambda: inspect_file(path))
    _print("plain decode", plain, whole, plain)
    _print("whole", whole, whole, plain)
    for workers in (1, 2):
        _print(f"in pieces, {workers} at a time", timed(partial(_pieces, path, workers)), whole, plain)


def _print(
    name: str, found: tuple[float, float], whole: tuple[float, float], plain: tuple[float, float]
) -> None:
    wall, cpu = found
    print(
        f"{name:<24} wall {wall:6.1f} s, {wall / whole[0]:5.2f} × whole   "
        f"CPU {cpu:6.1f} s, {cpu / plain[1]:5.2f} × plain decode",
        flush=True,
    )


def _pieces(path: Path, workers: int) -> None:
    probed = probe_file(path, lambda done, stage: None)
    found = measure_pieces(path, probed, cut_up(probed, BY_DEFAULT), workers=workers)
    facts_of_pieces(path, probed, found, lambda done, stage: None)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
