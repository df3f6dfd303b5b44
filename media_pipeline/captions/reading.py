"""Captions that a person uploads: encoding and format by content; a refusal names the place and a way out."""

import warnings
from collections.abc import Iterator

import pysubs2
import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from media_pipeline.captions.cue import Cue
from media_pipeline.captions.encoding import decode
from media_pipeline.captions.limits import MOST_CUES, problems

LARGEST_BYTES = 4 * 1024**2
SHOWN_PROBLEMS = 3
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
        yield Cue(caption.start_in_seconds, caption.end_in_seconds, _plain(caption.text))


def _srt(text: str) -> Iterator[Cue]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of what it skips; what is left is validated here
            file = pysubs2.SSAFile.from_string(text, format_="srt")
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as malformed:
        raise CaptionsRefused(f"SRT 格式有误：{malformed}。请在字幕软件里重新导出。") from malformed
    seen = sum("-->" in line for line in text.split("\n"))
    if seen != len(file.events):
        raise CaptionsRefused(
            f"文件有 {seen} 个时间行，只读出 {len(file.events)} 条字幕。"
            "时间应写成 00:00:01,000 --> 00:00:03,000。"
        )
    for event in file.events:
        yield Cue(event.start / 1000, event.end / 1000, _plain(event.plaintext))


def _plain(text: str) -> str:
    """Lines without spaces around them and without empty ones."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
