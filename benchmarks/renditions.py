"""What the three qualities cost: CPU and wall-clock against a plain decode of the same file in the same run.

    python benchmarks/renditions.py [FILE…]

Encoding, checking and the pictures are told apart; without files it makes a minute of slides and of moving
picture, as `measure_cost` does.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

import django

django.setup()

from benchmarks.measure_cost import PICTURES, ffmpeg, make
from media_pipeline.facts import Probed
from media_pipeline.opening.probe import probe
from media_pipeline.opening.sniff import sniff
from media_pipeline.renditions import checking, encoding, stills
from media_pipeline.renditions.ladder import Target, targets
from media_pipeline.renditions.storyboard import storyboard


def timed[T](act: Callable[[], T]) -> tuple[T, float, float]:
    """What `act` returns, its CPU seconds (children included) and its wall-clock seconds."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    cpu, wall = used(), time.monotonic()
    result = act()
    return result, used() - cpu, time.monotonic() - wall


def quiet(*_: object) -> None:
    """Nobody watches."""


def check(files: dict[Target, Path], original: checking.Original) -> None:
    for target, file in files.items():
        checking.check(file, target, original, on_tick=quiet)
    checking.check_alignment(files.values())


def draw(files: dict[Target, Path], folder: Path, duration_s: float) -> None:
    smallest, *_, largest = [*files, *files]
    board = storyboard(duration_s, width=smallest.width, height=smallest.height)
    stills.make_poster(files[largest], folder / "poster.jpg", duration_s)
    stills.make_sprites(files[smallest], board, folder, duration_s, quiet)


def report(path: Path, probed: Probed) -> None:
    video, duration_s = probed.video, probed.container.duration_s
    wanted = targets(video.width, video.height, pixel_aspect=video.pixel_aspect, rotation=video.rotation)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = {target: folder / f"{target.quality.kind}.mp4" for target in wanted}
        _, plain, plain_wall = timed(lambda: ffmpeg("-i", str(path), "-f", "null", "-"))
        watched, *encode = timed(lambda: encoding.encode(path, probed, files, quiet))
        _, *checked = timed(lambda: check(files, checking.Original(probed, watched)))
        _, *drawn = timed(lambda: draw(files, folder, duration_s))
        size = sum(file.stat().st_size for file in files.values()) / path.stat().st_size
    names = "+".join(str(target.height) for target in wanted)
    print(f"{path.name[:28]:28} {duration_s:7.1f} s of {video.width}×{video.height} → {names}")
    for name, (cpu, wall) in {"encode": encode, "check": checked, "pictures": drawn}.items():
        used = f"CPU {cpu:6.1f} s = {cpu / plain:5.1f} × decode, {cpu / duration_s:4.2f} × duration"
        took = f"wall {wall / max(plain_wall, 0.01):5.1f} × decode, {wall / duration_s:4.2f} × duration"
        print(f"    {name:9} {used}; {took}")
    print(f"    size      {size:.2f} × the original; decode {plain:.1f} s CPU")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in [Path(name) for name in sys.argv[1:]] or [make(Path(folder), name) for name in PICTURES]:
            report(path, probe(path, sniff(path)))


if __name__ == "__main__":
    main()
