"""Where in a video something stands, as people write it: 12:30, 1:02:03 or plain seconds."""

import re

_CLOCK = re.compile(r"^(?:(\d{1,2})[:：])?(\d{1,3})[:：](\d{2})$")


class BadPosition(ValueError):
    """The text is no position in this video; the message says how to write one."""


def clock(seconds: float) -> str:
    """1:02:03, or 2:03 below an hour; a begun second does not count, as on players."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def second_of(text: str, duration_s: float | None) -> int | None:
    """The second that `text` names, None when it is empty; raises `BadPosition` outside the video."""
    text = text.strip()
    if not text:
        return None
    second = _parse(text)
    if duration_s is not None and second > duration_s:
        raise BadPosition(f"视频只有 {clock(duration_s)}，题目不能放在 {clock(second)}。")
    return second


def _parse(text: str) -> int:
    if text.isdecimal() and len(text) <= 6:
        return int(text)
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if seconds < 60:
            return hours * 3600 + minutes * 60 + seconds
    raise BadPosition("时间请写成 分:秒，例如 12:30；放在视频结束后则留空。")
