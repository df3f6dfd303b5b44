"""Cues as WebVTT, which browsers show, and as SRT, which editing software takes."""

from collections.abc import Iterable

from media_pipeline.captions.cue import Cue

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def vtt(cues: Iterable[Cue]) -> str:
    """The text of a .vtt file."""
    blocks = [
        f"{_time(cue.start_s, '.')} --> {_time(cue.end_s, '.')}\n{_text(cue, _ESCAPED)}" for cue in cues
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def srt(cues: Iterable[Cue]) -> str:
    """The text of a .srt file; an arrow in a text would begin the next cue, so it loses a dash."""
    return "".join(
        f"{number}\n{_time(cue.start_s, ',')} --> {_time(cue.end_s, ',')}\n{_without_arrow(cue)}\n\n"
        for number, cue in enumerate(cues, 1)
    )


def _without_arrow(cue: Cue) -> str:
    return _text(cue).replace("-->", "->")


def _text(cue: Cue, table: dict[int, str] | None = None) -> str:
    """Without empty lines, which would end the cue."""
    return "\n".join(line for line in cue.text.translate(table or {}).split("\n") if line.strip())


def _time(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
