"""Short clips made by ffmpeg, each once in a test run: a good one, and the same with one defect."""

import subprocess
from pathlib import Path

import imageio_ffmpeg

SECONDS = 5
PICTURE = f"testsrc2=size=1280x720:rate=25:duration={SECONDS}"
VOICE = (
    f"aevalsrc=0.3*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t))|0.3*sin(440*PI*t)*(0.5+0.5*sin(6*PI*t)):d={SECONDS}"
)
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


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
