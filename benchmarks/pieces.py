"""A long video in pieces: wall-clock and CPU with 1 and 2 workers against a plain decode, and peak memory.

    python benchmarks/pieces.py [MINUTES]

Makes a camera-like video of MINUTES (4, at least 2), cut into pieces of a minute, and 2 hours of 1 frame
a second.
"""

import resource
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

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


def children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(act) -> tuple[float, float]:
    """Seconds on the wall and of the CPU, children included."""
    wall, cpu = time.monotonic(), time.process_time() + children_s()
    act()
    return time.monotonic() - wall, time.process_time() + children_s() - cpu


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder, "camera.mp4"), PICTURE, 60 * minutes)
        plain = timed(lambda: ffmpeg("-i", str(path), "-f", "null", "-"))
        print(f"plain decode                wall {plain[0]:6.1f} s   CPU {plain[1]:6.1f} s")
        whole = timed(lambda: inspect_file(path))
        print(
            f"whole                       wall   1.00 × whole   CPU {whole[1] / plain[1]:5.2f} × plain decode"
        )
        for workers in (1, 2):
            wall, cpu = timed(partial(_pieces, path, workers, Cutting(over_s=60, piece_s=60)))
            ratios = f"wall {wall / whole[0]:6.2f} × whole   CPU {cpu / plain[1]:5.2f} × plain decode"
            print(f"in pieces, {workers} at a time      {ratios}")
        long = make(Path(folder, "long.mp4"), "testsrc2=size=640x360:rate=1", 7200)
        inspect_file(long)
        peaks = [
            resource.getrusage(who).ru_maxrss >> 10
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        print(f"2 hours: peak memory of Python {peaks[0]} MB, of the largest child {peaks[1]} MB")


def _pieces(path: Path, workers: int, cutting: Cutting) -> None:
    from media_pipeline.measuring.inspection import cut_up, facts_of_pieces, measure_pieces, probe_file

    probed = probe_file(path, lambda done, stage: None)
    found = measure_pieces(path, probed, cut_up(probed, cutting), workers=workers)
    facts_of_pieces(path, probed, found, lambda done, stage: None)


if __name__ == "__main__":
    main()
