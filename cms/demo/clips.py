"""Two short lessons made on the spot: one that passes every check, one with faults an author must mend."""

from pathlib import Path

from media_pipeline.opening.runner import Limits, run_ffmpeg

SIZE, FPS = "1280x720", 25
_VOICE = (
    "(0.30*sin(2*PI*150*t)+0.15*sin(2*PI*300*t)+0.10*sin(2*PI*620*t))"
    "*(0.55+0.45*sin(2*PI*3.1*t))*(0.7+0.3*sin(2*PI*0.4*t))"
)
_SLIDES = ("0xF3EFE4", "0xE6F0EE", "0xEDE7F1", "0xF1ECDF")


def good_lesson(path: Path, seconds: int = 40) -> None:
    """Slides that change and a steady voice."""
    _render(path, seconds, picture=_slides(seconds), voice=_VOICE)


def faulty_lesson(path: Path, seconds: int = 40) -> None:
    """Twelve seconds of black, fourteen of silence, and a voice far too weak."""
    picture = f"{_slides(seconds)},drawbox=t=fill:c=black:enable='between(t,6,18)'"
    _render(path, seconds, picture=picture, voice=f"0.08*{_VOICE}*(1-between(t,22,36))")


def _slides(seconds: int) -> str:
    """A filter chain: paper whose colour and text lines change every eight seconds."""
    chain = [f"color=c={_SLIDES[0]}:s={SIZE}:r=1:d={seconds}"]
    for number, start in enumerate(range(0, seconds, 8)):
        shown = f"enable='between(t,{start},{start + 8})'"
        chain.append(f"drawbox=t=fill:c={_SLIDES[number % len(_SLIDES)]}:{shown}")
        chain.append(f"drawbox=x=90:y=70:w={420 + 90 * number}:h=54:t=fill:c=0x1E5B5E:{shown}")
        for line in range(4 + number % 3):
            width = 980 - 130 * ((line + number) % 4)
            chain.append(f"drawbox=x=90:y={180 + 78 * line}:w={width}:h=20:t=fill:c=0x46505C:{shown}")
    return ",".join(chain)


def _render(path: Path, seconds: int, *, picture: str, voice: str) -> None:
    code = run_ffmpeg(
        [
            *("-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", f"aevalsrc='{voice}':s=48000:d={seconds}"),
            *("-r", str(FPS), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p"),
            *("-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", "mp4", str(path.resolve())),
        ],
        limits=Limits.for_duration(seconds),
    )
    if code:
        raise RuntimeError(f"ffmpeg ended with {code} while making {path.name}")
