"""What a viewer can read, and what a cue may never be.

Line length and reading speed follow the timed-text style guide for simplified Chinese that streaming
services publish (16 characters a line, 2 lines, 9 characters a second, 7 seconds at most).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from media_pipeline.captions.cue import Cue, characters, width

LINE_WIDTH = 16  # full-width characters
LINES = 2
LONGEST_S = 7.0
USUAL_S = 6.0
SHORTEST_S = 0.8
FASTEST = 9.0  # characters a second
MOST_CUES = 20_000
LONGEST_TEXT = 500  # characters of one cue


@dataclass(frozen=True, slots=True)
class Problem:
    """`number` counts cues from 1; `is_error` when the cue cannot be stored, else it only reads badly."""

    number: int
    sentence: str
    is_error: bool


def problems(cues: Sequence[Cue], duration_s: float | None = None) -> list[Problem]:
    """All that is wrong with the cues, in their order."""
    found = [problem for number, cue in enumerate(cues, 1) for problem in _of_one(number, cue, duration_s)]
    return sorted([*found, *_of_order(cues)], key=lambda problem: problem.number)


def _of_one(number: int, cue: Cue, duration_s: float | None) -> Iterator[Problem]:
    if not (isfinite(cue.start_s) and isfinite(cue.end_s)):
        yield Problem(number, f"第 {number} 条的时间不是数字。请写成 分:秒，如 1:02.50。", True)
        return
    if cue.start_s < 0:
        yield Problem(number, f"第 {number} 条的开始时间是负数。请改为 0 或更大。", True)
    if cue.end_s <= cue.start_s:
        sentence = (
            f"第 {number} 条结束（{clock(cue.end_s)}）不晚于开始（{clock(cue.start_s)}）。请把结束时间改晚。"
        )
        yield Problem(number, sentence, True)
    if not cue.text.strip():
        yield Problem(number, f"第 {number} 条没有文字。请填写文字或删除这一条。", True)
    if len(cue.text) > LONGEST_TEXT:
        sentence = f"第 {number} 条有 {len(cue.text)} 个字，最多 {LONGEST_TEXT} 个。请拆成几条。"
        yield Problem(number, sentence, True)
    if duration_s is not None and cue.start_s >= duration_s:
        sentence = f"第 {number} 条从 {clock(cue.start_s)} 开始，而视频只有 {clock(duration_s)}。"
        sentence += "请核对是不是这个视频的字幕。"
        yield Problem(number, sentence, True)
    yield from _hard_to_read(number, cue)


def _hard_to_read(number: int, cue: Cue) -> Iterator[Problem]:
    widest = max(map(width, cue.lines))
    if widest > LINE_WIDTH:
        yield Problem(number, f"第 {number} 条一行有 {widest:g} 个字宽，建议不超过 {LINE_WIDTH}。", False)
    if len(cue.lines) > LINES:
        yield Problem(number, f"第 {number} 条有 {len(cue.lines)} 行，建议不超过 {LINES} 行。", False)
    seconds = cue.end_s - cue.start_s
    if seconds > LONGEST_S:
        yield Problem(number, f"第 {number} 条显示 {seconds:.1f} 秒，建议不超过 {LONGEST_S:g} 秒。", False)
    speed = characters(cue.text) / seconds if seconds > 0 else 0
    if speed > FASTEST + 0.05:
        yield Problem(number, f"第 {number} 条每秒 {speed:.1f} 个字，建议不超过 {FASTEST:g} 个。", False)


def _of_order(cues: Sequence[Cue]) -> Iterator[Problem]:
    for number, (cue, following) in enumerate(pairwise(cues), 1):
        if following.start_s < cue.start_s:
            sentence = f"第 {number + 1} 条比第 {number} 条开始得早。请按时间排列。"
            yield Problem(number + 1, sentence, True)
        elif following.start_s < cue.end_s - 0.001:
            sentence = f"第 {number} 条还没结束，第 {number + 1} 条已经开始，两条会同时显示。"
            yield Problem(number, sentence, False)


def clock(seconds: float) -> str:
    """1:02.50 or 1:00:02.50."""
    hundredths = round(abs(seconds) * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{'-' if seconds < 0 else ''}{head}:{rest // 100:02}.{rest % 100:02}"
