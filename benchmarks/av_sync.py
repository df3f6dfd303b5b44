"""Is sound that was moved measured where it was moved to? Over a folder of talking heads, and over slides.

    ./run bench av_sync FOLDER [--join]

The sound of every video is moved inside the file, so that the container shows nothing. With --join the
videos are also tried as one, end to end. Foreign sound is that of the next video, or of half a file away.
Ends with 1 when wrong sound passed, right sound was refused, or a slide was judged.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

sys.path.insert(0, str(Path(__file__).parents[1]))
from media_pipeline.measuring.inspection import Unreadable, inspect_file, judge
from tests.media_pipeline.clips import slides, talk

SHIFTS_MS = (0, 120, -120, 250, -250, 500, -500)
GROSS_MS = 200
TOLERATED_MS = 200  # a measured offset this near to the true one is right
SPEEDS = (1.01, 0.99)
HALF_AWAY = (
    "aresample=48000,asplit[a][b];[b]atrim=duration=20,asetpts=PTS-STARTPTS[d];"
    "[a]atrim=start=20,asetpts=PTS-STARTPTS[c];[c][d]concat=n=2:v=0:a=1"
)
BOX = "scale=720:720:force_original_aspect_ratio=decrease,pad=720:720:-1:-1,setsar=1,fps=25,format=yuv420p"
SUFFIXES = {".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi"}


@dataclass(frozen=True, slots=True)
class Tried:
    wanted_ms: float | None  # None: the sound belongs to something else
    offset_ms: float | None
    confidence: float
    drift_ms: float | None
    verdict: str

    @property
    def is_wrong_pass(self) -> bool:
        return self.verdict == "pass" and (self.wanted_ms is None or abs(self.wanted_ms) > GROSS_MS)

    @property
    def is_false_alarm(self) -> bool:
        return self.wanted_ms == 0 and self.verdict in ("warn", "fail")

    @property
    def flag(self) -> str:
        return "WRONG PASS" if self.is_wrong_pass else "FALSE ALARM" if self.is_false_alarm else ""


def ffmpeg(*arguments: str | Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def sounded(video: Path, sound: Path, out: Path, change: str) -> Path:
    """The picture as it is, with the sound of `sound` changed by a filter."""
    ffmpeg(
        "-i",
        video,
        "-i",
        sound,
        "-map",
        "0:v:0",
        "-map",
        "1:a:0",
        "-c:v",
        "copy",
        "-af",
        f"{change},apad",
        "-shortest",
        out,
    )
    return out


def moved(shift_ms: int) -> str:
    late = (
        f"adelay={shift_ms}:all=1"
        if shift_ms >= 0
        else f"atrim=start={-shift_ms / 1000},asetpts=PTS-STARTPTS"
    )
    return f"aresample=48000:async=1:first_pts=0,{late}"


def tried(path: Path, wanted_ms: float | None) -> Tried:
    facts = inspect_file(path)
    verdict = next(check.verdict for check in judge(facts).checks if check.id == "av_sync")
    sync = facts.sync
    return Tried(wanted_ms, sync.offset_ms, sync.confidence, sync.drift_ms, str(verdict))


def trials(video: Path, foreign: Path, folder: Path) -> Iterator[Tried]:
    for shift_ms in SHIFTS_MS:
        clip = sounded(video, video, folder / "shifted.mkv", moved(shift_ms))
        yield tried(clip, shift_ms)
    change = "anull" if foreign != video else HALF_AWAY
    yield tried(sounded(video, foreign, folder / "foreign.mkv", change), None)


def joined(videos: list[Path], out: Path) -> Path:
    """All videos end to end, each in the same box."""
    inputs = [each for video in videos for each in ("-i", video)]
    boxed = [
        f"[{n}:v:0]{BOX}[v{n}];[{n}:a:0]aresample=48000,aformat=channel_layouts=stereo[a{n}]"
        for n in range(len(videos))
    ]
    pairs = "".join(f"[v{n}][a{n}]" for n in range(len(videos)))
    graph = ";".join([*boxed, f"{pairs}concat=n={len(videos)}:v=1:a=1[v][a]"])
    ffmpeg(
        *inputs,
        "-filter_complex",
        graph,
        "-map",
        "[v]",
        "-map",
        "[a]",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        out,
    )
    return out


def line(name: str, each: Tried) -> None:
    wanted = "wrong" if each.wanted_ms is None else f"{each.wanted_ms:+g} ms"
    found = "-" if each.offset_ms is None else f"{each.offset_ms:+.0f} ms"
    drift = "" if each.drift_ms is None else f"drift {each.drift_ms:+.0f} ms"
    print(
        f"{name[:28]:28} {wanted:>8} {found:>9}  {each.confidence:.3f} {each.verdict:8} {drift} {each.flag}",
        flush=True,
    )


def summary(results: list[Tried], drifted: list[Tried]) -> int:
    shifted = [each for each in results if each.wanted_ms is not None]
    judged = [each for each in shifted if each.offset_ms is not None]
    errors = [abs(each.offset_ms - each.wanted_ms) for each in judged]
    wrong, alarms = sum(e.is_wrong_pass for e in (*results, *drifted)), sum(e.is_false_alarm for e in results)
    far = sum(error > TOLERATED_MS for error in errors)
    foreign = [each for each in results if each.wanted_ms is None]
    accepted = sum(each.offset_ms is not None for each in foreign)
    print(f"judged {len(judged)} of {len(shifted)}; foreign sound judged {accepted} of {len(foreign)}")
    if errors:
        print(f"error mean {statistics.mean(errors):.0f} ms, worst {max(errors):.0f} ms")
    print(f"wrong passes {wrong}, false alarms {alarms}, offsets far off {far}")
    return wrong + alarms + far + accepted


def main() -> int:
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    if not names:
        print(__doc__)
        return 2
    videos = sorted(path for path in Path(names[0]).iterdir() if path.suffix.lower() in SUFFIXES)
    with tempfile.TemporaryDirectory() as scratch:
        return run(videos, Path(scratch), join="--join" in sys.argv)


def with_faces(videos: list[Path]) -> Iterator[Path]:
    """Those long enough to be looked at; of the others a line says that they are not judged."""
    for video in videos:
        try:
            facts = inspect_file(video)
        except Unreadable:
            continue
        if facts.sync and facts.sync.windows:
            yield video
        elif facts.sync:
            line(f"{video.name} ({facts.sync.reason})", tried(video, 0))


def run(videos: list[Path], folder: Path, *, join: bool) -> int:
    faces = list(with_faces(videos))
    if join:
        faces.append(joined(talking(videos), folder / "joined.mkv"))
    results, drifted = [], []
    for number, video in enumerate(faces):
        foreign = video if video.parent == folder else faces[(number + 1) % len(faces)]
        for each in trials(video, foreign, folder):
            results.append(each)
            line(video.name, each)
        for speed in SPEEDS:
            change = f"aresample=48000,asetrate=48000*{speed},aresample=48000"
            drifted.append(tried(sounded(video, video, folder / "drift.mkv", change), None))
            line(f"{video.stem} × {speed}", drifted[-1])
    ffmpeg("-f", "lavfi", "-i", slides(60), "-f", "lavfi", "-i", talk(60), folder / "slides.mkv")
    line("slides", still := tried(folder / "slides.mkv", 0))
    return int(summary(results, drifted) + (still.offset_ms is not None) > 0)


def talking(videos: list[Path]) -> list[Path]:
    """Also those too short to be judged alone."""
    return [
        path
        for path in videos
        if (sync := inspect_file(path).sync) and sync.reason in ("", "too_short", "no_match")
    ]


if __name__ == "__main__":
    sys.exit(main())
