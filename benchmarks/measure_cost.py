"""What the analysis costs: its CPU time against a plain decode of the same file in the same run.

    python benchmarks/measure_cost.py [FILE…]

Without files it makes a minute of slides and a minute of moving picture. Limits: slides 2.5, moving 1.7.
Short files and those with a face to watch closely stay above theirs; README.md has the figures.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).parents[1]))
from media_pipeline.checks.stillness import is_still
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.measuring.inspection import inspect_file
from tests.media_pipeline.clips import slides

SECONDS = 60
ROUNDS = 3
LIMITS = {"slides": 2.5, "moving": 1.7}
VOICE = f"aevalsrc=0.2*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t)):d={SECONDS}"
PICTURES = {
    "slides": slides(SECONDS),
    "moving": "mandelbrot=size=1280x720:rate=25:maxiter=200,noise=alls=6:allf=t",
}


def ffmpeg(*arguments: str) -> None:
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *arguments], check=True)


def make(folder: Path, name: str) -> Path:
    path = folder / f"{name}.mp4"
    inputs = ["-f", "lavfi", "-i", PICTURES[name], "-f", "lavfi", "-i", VOICE, "-t", str(SECONDS)]
    ffmpeg(*inputs, "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path))
    return path


def cpu_s(act: Callable[[], object]) -> float:
    """CPU seconds of this process and its children, the least of some rounds."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    def one() -> float:
        before = used()
        act()
        return used() - before

    return min(one() for _ in range(ROUNDS))


def report(path: Path) -> None:
    plain = cpu_s(lambda: ffmpeg("-i", str(path), "-f", "null", "-"))
    whole = cpu_s(lambda: inspect_file(path))
    facts = inspect_file(path)
    kind = "slides" if is_still(facts, DEFAULT_PROFILE) else "moving"
    ratio = whole / plain
    verdict = "ok" if ratio <= LIMITS[kind] else "TOO DEAR"
    length_s = facts.duration_s
    print(
        f"{path.name:24} {kind}: {length_s:6.1f} s of video, decode {plain:5.2f} s, analysis {whole:5.2f} s,",
        end=" ",
    )
    print(f"ratio {ratio:.2f} (limit {LIMITS[kind]}) {verdict}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(name) for name in sys.argv[1:]] or [make(Path(folder), name) for name in PICTURES]
        for path in files:
            report(path)


if __name__ == "__main__":
    main()
