"""A rendition is checked as critically as an upload before anybody gets it: whole, in time, as promised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import av
import ffmpeg

from media_pipeline.facts import Probed, Unreadable
from media_pipeline.opening.ffmpeg import OPEN_OPTIONS, open_input, url
from media_pipeline.opening.log import DecoderLog
from media_pipeline.opening.probe import probe
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.renditions import excerpts
from media_pipeline.renditions.ladder import Target
from media_pipeline.renditions.lags import picture_lag_ms, sound_lag_ms

OFFSET_MS = 10  # sound against picture, compared with the original
SOUND_FRAME_S = 1024 / 48000
CLOCK_S = 0.002  # what containers that count milliseconds lose


class Unfit(Unreadable):
    """A rendition that came out wrong; nobody gets to see it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"转码结果没有通过核对：{what}。播放仍用原文件；请联系平台管理员。")


@dataclass(frozen=True, slots=True)
class Original:
    """What a rendition is held against."""

    probed: Probed
    watched: excerpts.Watched


def check(path: Path, target: Target, original: Original, *, on_tick: Callable[[], None]) -> None:
    """Raise `Unfit` unless the file at `path` is what `target` promises; decodes all of it once."""
    probed = probe(path, "mov", on_tick=on_tick)
    _check_container(probed, target)
    _check_length(probed, original.probed)
    _check_offset(_watch(path, probed, original, on_tick), original.watched)


def check_alignment(paths: Iterable[Path]) -> None:
    """Raise `Unfit` unless all have their key frames at the same times."""
    if len({_key_frames(path) for path in paths}) > 1:
        raise Unfit("各清晰度的关键帧没有对齐")


def _check_container(probed: Probed, target: Target) -> None:
    video, audio = probed.video, probed.audio
    if video is None or video.codec != "h264" or (audio and audio.codec != "aac"):
        raise Unfit("编码不是 H.264 + AAC")
    if (video.width, video.height, video.rotation) != (target.width, target.height, 0):
        raise Unfit(f"画面是 {video.width}×{video.height}，应为 {target.width}×{target.height}")
    if not probed.container.moov_first:
        raise Unfit("文件头不在文件开头，不能边下边播")


def _check_length(probed: Probed, original: Probed) -> None:
    """Within a frame of the original, the sound within one of its own frames more."""
    frame_s = 1 / original.video.fps if original.video.fps else 0.0
    late_s = probed.video.end_s - original.video.end_s
    if abs(late_s) > frame_s + CLOCK_S:
        raise Unfit(f"画面长度与原文件相差 {late_s:+.3f} 秒")
    if (probed.audio is None) != (original.audio is None):
        raise Unfit("声音轨道丢失")
    if original.audio and abs(probed.audio.end_s - original.audio.end_s) > frame_s + 2 * SOUND_FRAME_S:
        raise Unfit(f"声音长度与原文件相差 {probed.audio.end_s - original.audio.end_s:+.3f} 秒")


def _check_offset(watched: excerpts.Watched, original: excerpts.Watched) -> None:
    late_ms = offset_ms(original, watched)
    if abs(late_ms) > OFFSET_MS:
        raise Unfit(f"声音与画面比原文件错开 {late_ms:+.0f} 毫秒")


def offset_ms(original: excerpts.Watched, watched: excerpts.Watched) -> float:
    """How much later the sound comes against its picture than in the original, by their contents.

    A picture that stands still or a silence shows no time, and so no offset.
    """
    sound = sound_lag_ms(original.sounds, watched.sounds) or 0.0
    return sound - (picture_lag_ms(original.pictures, watched.pictures) or 0.0)


def _watch(path: Path, probed: Probed, original: Original, on_tick: Callable[[], None]) -> excerpts.Watched:
    """Decode the whole file; it must not stumble anywhere."""
    watched, log = excerpts.Watched(original.watched.wanted), DecoderLog()
    source = open_input(path, "mov")
    outputs = [excerpts.picture_output(source[str(probed.video.index)])]
    if probed.audio:
        outputs.append(excerpts.sound_output(source[str(probed.audio.index)]))
    code = run_ffmpeg(
        ["-loglevel", "repeat+level+verbose", *ffmpeg.merge_outputs(*outputs).compile()[1:]],
        limits=Limits.for_duration(probed.container.duration_s),
        on_log=log.read,
        on_bytes=watched.on_bytes,
        on_tick=on_tick,
    )
    if code or any(log.decode_errors.values()):
        raise Unfit("文件不能从头到尾解码")
    return watched


def _key_frames(path: Path) -> tuple[int, ...]:
    """Their times in milliseconds."""
    with av.open(url(path), format="mov", options=OPEN_OPTIONS) as source:
        packets = source.demux(source.streams.video[0])
        return tuple(
            round(1000 * packet.pts * packet.time_base)
            for packet in packets
            if packet.is_keyframe and packet.pts is not None
        )
