"""Short clips made by ffmpeg, each once in a test run: a good one, and the same with one defect."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

SECONDS = 5
PICTURE = f"testsrc2=size=1280x720:rate=25:duration={SECONDS}"
VOICE = (
    f"aevalsrc=0.3*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t))|0.3*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t)):d={SECONDS}"
)
TALK = "0.25*(sin(300*PI*t)+0.6*sin(900*PI*t))*abs(sin(4*PI*t))*lt(mod(t\\,1.7)\\,1.3)"
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


def talk(seconds: float = SECONDS, *, left: str = TALK, right: str = TALK) -> str:
    """Syllables and pauses in two channels."""
    return f"aevalsrc={left}|{right}:d={seconds}"


def room(seconds: float = SECONDS, *, camera: str = "crop=1280:720") -> str:
    """A wall with a board and a door, somebody who moves, a noisy sensor; `camera` frames 1440×810."""
    plain = "color=0x8a9088:size=1440x810:rate=25,trim=end_frame=1"
    wall = f"{plain},noise=alls=100:all_seed=7,gblur=9,eq=contrast=3"
    boxes = "130:130:420:300:0xe8e8e0", "1000:60:220:620:0x5a4636", "0:640:1440:12:0x404040"
    fixed = ",".join(f"drawbox={box}:t=fill" for box in boxes)
    still = f"loop=-1:1,setpts=N,trim=duration={seconds}[wall]"
    person = f"color=0x303848:size=200x550:rate=25:duration={seconds}[person]"
    # a drawbox would stand still; in a circle, for at a turning point whole pixels move unevenly
    circle = "x='700+110*cos(2.5*t)':y='230+110*sin(2.5*t)'"
    walks = f"[wall][person]overlay={circle}:format=yuv444,format=yuv420p"
    return f"{wall},{fixed},{still};{person};{walks},{camera},noise=alls=5:allf=t"


def slides(seconds: float = SECONDS) -> str:
    """Black lines of unequal length on white; another slide every four seconds."""
    lines = [
        f"drawbox=90:{90 + 75 * row}:{1100 - 137 * ((row * 5 + page) % 7)}:26:black:t=fill:"
        f"enable='eq(mod(floor(t/4),2),{page})'"
        for page in (0, 1)
        for row in range(8)
    ]
    return ",".join((f"color=white:size=1280x720:rate=25:duration={seconds}", *lines))


def ffmpeg(*arguments: str | Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


class Clips:
    """`clips.lecture(picture_filter=…)` gives a path; the same wish is made only once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[tuple[str, ...], Path] = {}

    def lecture(
        self,
        *,
        picture: str = PICTURE,
        voice: str = VOICE,
        picture_filter: str = "null",
        voice_filter: str = "anull",
        before_voice: tuple[str, ...] = (),
        more: tuple[str, ...] = (),
        suffix: str = "mp4",
    ) -> Path:
        """Five seconds of moving picture in 720 lines with a voice at a usual loudness."""
        inputs = ("-f", "lavfi", "-i", picture, *before_voice, "-f", "lavfi", "-i", voice)
        return self.make(*inputs, "-vf", picture_filter, "-af", voice_filter, *CODECS, *more, suffix=suffix)

    def make(self, *arguments: str | Path, suffix: str = "mp4") -> Path:
        wish = (*map(str, arguments), suffix)
        if wish not in self._made:
            path = self.folder / f"{len(self._made)}.{suffix}"
            ffmpeg(*arguments, path)
            self._made[wish] = path
        return self._made[wish]
