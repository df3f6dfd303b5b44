"""Captions that a person uploads: encoding and format by content; a refusal names the place and a way out."""

import re
from collections.abc import Iterator
from html import unescape

import pysubs2
import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from media_pipeline.captions.cue import Cue
from media_pipeline.captions.encoding import decode
from media_pipeline.captions.limits import MOST_CUES, problems

LARGEST_BYTES = 4 * 1024**2
SHOWN_PROBLEMS = 3
_SRT_TIMES = re.compile(r"\s*\d+:\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-->\s*\d+:\d{1,2}:\d{1,2}[.,]\d{1,3}(?:\s|$)")
WAY_OUT = "请从字幕软件导出为 WebVTT（.vtt）或 SRT（.srt）后再上传。"


class CaptionsRefused(Exception):
    """`str()` says in Chinese what was found, where, and what to do next."""


def read_captions(data: bytes, *, duration_s: float | None = None) -> list[Cue]:
    """The cues of a .vtt or .srt file in order of time; raises `CaptionsRefused`."""
    cues = sorted(_cues(_text(data)), key=lambda cue: (cue.start_s, cue.end_s))
    if not cues:
        raise CaptionsRefused(f"文件里没有一条字幕。{WAY_OUT}")
    if len(cues) > MOST_CUES:
        raise CaptionsRefused(f"文件有 {len(cues)} 条字幕，最多 {MOST_CUES} 条。请核对是不是选错了文件。")
    refuse_errors(cues, duration_s)
    return cues


def refuse_errors(cues: list[Cue], duration_s: float | None) -> None:
    """Raise `CaptionsRefused` with the first of the errors, if there are any."""
    errors = [problem.sentence for problem in problems(cues, duration_s) if problem.is_error]
    if errors:
        rest = f"另外还有 {len(errors) - SHOWN_PROBLEMS} 处。" if len(errors) > SHOWN_PROBLEMS else ""
        raise CaptionsRefused("".join(errors[:SHOWN_PROBLEMS]) + rest)


def _text(data: bytes) -> str:
    if not data.strip():
        raise CaptionsRefused(f"文件是空的。{WAY_OUT}")
    if len(data) > LARGEST_BYTES:
        raise CaptionsRefused(f"文件超过 {LARGEST_BYTES // 1024**2} MB，不像字幕。{WAY_OUT}")
    text = decode(data)
    if text is None:
        raise CaptionsRefused(f"这不是文本文件，或者编码不是 UTF-8、UTF-16、GB18030。{WAY_OUT}")
    return text


def _cues(text: str) -> Iterator[Cue]:
    if text.lstrip().startswith("WEBVTT"):
        return _vtt(text.lstrip())
    if "-->" in text:
        return _srt(text)
    raise CaptionsRefused(f"没有找到字幕的时间行（如 00:00:01,000 --> 00:00:03,000）。{WAY_OUT}")


def _vtt(text: str) -> Iterator[Cue]:
    try:
        file = webvtt.from_string(text, strict=True)
    except (MalformedFileError, MalformedCaptionError) as malformed:
        raise CaptionsRefused(f"WebVTT 格式有误：{malformed}。请在字幕软件里重新导出。") from malformed
    for caption in file.captions:
        yield Cue(_seconds(caption.start), _seconds(caption.end), _plain(unescape(caption.text)))


def _srt(text: str) -> Iterator[Cue]:
    for number, line in enumerate(text.split("\n"), 1):
        if "-->" in line and not _SRT_TIMES.match(line):
            raise CaptionsRefused(
                f"第 {number} 行的时间认不出来：{line.strip()[:60]}。应写成 00:00:01,000 --> 00:00:03,000。"
            )
    for event in pysubs2.SSAFile.from_string(text, format_="srt").events:
        yield Cue(event.start / 1000, event.end / 1000, _plain(event.plaintext))


def _seconds(clock: str) -> float:
    """webvtt-py's own seconds are whole ones."""
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _plain(text: str) -> str:
    """Lines without spaces around them and without empty ones."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
