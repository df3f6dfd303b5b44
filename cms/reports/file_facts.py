"""The small table about the file: what it is, not whether it is good."""

from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat

from cms.footage.positions import clock
from media_pipeline.facts import AudioTrack, Facts, VideoTrack
from media_pipeline.models import Video

CHANNELS = {1: "单声道", 2: "立体声"}


def file_facts(video: Video, facts: Facts | None) -> tuple[tuple[str, str], ...]:
    """(label, text) pairs; without `facts` only what the upload itself tells."""
    rows = [("文件", video.original_name), ("大小", filesizeformat(video.size))]
    if facts:
        rows += [("格式", facts.container.format), ("时长", clock(facts.container.duration_s))]
        rows += _picture(facts.video) if facts.video else [("画面", "没有视频轨道")]
        rows += [("声音", _sound(facts.audio) if facts.audio else "没有声音轨道")]
    return tuple(rows)


def _picture(track: VideoTrack) -> Iterator[tuple[str, str]]:
    yield "分辨率", f"{track.width} × {track.height}（{track.codec.upper()}）"
    yield "帧率", f"{track.fps:.4g} 帧/秒{'，可变' if track.variable_fps else ''}"
    yield "码率", bit_rate(track.bit_rate)


def _sound(track: AudioTrack) -> str:
    channels = CHANNELS.get(track.channels, f"{track.channels} 声道")
    return f"{track.codec.upper()}，{channels}，{track.sample_rate / 1000:g} kHz，{bit_rate(track.bit_rate)}"


def bit_rate(bits_per_s: int) -> str:
    return f"{bits_per_s / 1e6:.2f} Mbit/s" if bits_per_s >= 1e6 else f"{bits_per_s / 1000:.0f} kbit/s"
