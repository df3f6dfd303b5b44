"""One decode of the original, all its qualities at once, by ffmpeg in its cage."""

from collections.abc import Callable, Iterator
from pathlib import Path

import ffmpeg

from media_pipeline.facts import Probed, Unreadable
from media_pipeline.keeping.room import unless_full
from media_pipeline.opening.ffmpeg import SDR, THREADS, open_input, url
from media_pipeline.opening.runner import Limits, run_ffmpeg
from media_pipeline.renditions import excerpts
from media_pipeline.renditions.ladder import KEYFRAME_EVERY_S, Target, largest_bytes

SMOOTHEST_FPS = 61  # a screen recorded at more frames a second is thinned out
CALMED_FPS = 30
SMALLEST_GAP_S = 0.02  # of sound; smaller ones are gathered until they are as long


def encode(
    path: Path, probed: Probed, made: dict[Target, Path], on_progress: Callable[[float], None]
) -> excerpts.Watched:
    """Write each target to its path; give back excerpts of the original. Raises `Unreadable`.

    Every frame keeps its time, so a variable frame rate stays one and no frame is invented.
    """
    duration_s = probed.container.duration_s
    watched, position = excerpts.Watched(excerpts.spans(duration_s)), Position()
    code = run_ffmpeg(
        _arguments(path, probed, made),
        limits=limits(duration_s, largest_bytes(list(made), duration_s)),
        on_line=position.read,
        on_bytes=watched.on_bytes,
        on_tick=lambda: on_progress(min(1.0, position.reached_s / duration_s)),
    )
    if code:
        raise unless_full(Unreadable("转码中断，没有做成，多半是文件内容损坏；请从原工程重新导出后再上传。"))
    return watched


def limits(duration_s: float, file_bytes: int) -> Limits:
    """Encoding takes longer than measuring; a task may last six hours."""
    wall_s = min(300 + 12 * duration_s, 5.5 * 3600)
    return Limits(wall_s=wall_s, cpu_s=int(4 * wall_s), file_bytes=2 * file_bytes)


class Position:
    """How far ffmpeg is, from what `-progress` prints."""

    reached_s = 0.0

    def read(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.strip().isdecimal():
            self.reached_s = int(value) / 1e6


def _arguments(path: Path, probed: Probed, made: dict[Target, Path]) -> list[str]:
    source = open_input(path, probed.container.demuxer)
    outputs = ffmpeg.merge_outputs(*_outputs(source, probed, made)).compile()[1:]
    return ["-progress", "pipe:1", "-reinit_filter:v", "0", "-filter_complex_threads", str(THREADS), *outputs]


def _outputs(source: ffmpeg.Stream, probed: Probed, made: dict[Target, Path]) -> Iterator[ffmpeg.Stream]:
    pictures = _progressive(source[str(probed.video.index)], probed).filter_multi_output("split")
    yield excerpts.picture_output(pictures[0])
    sounds = _sound(source, probed) if probed.audio else None
    if sounds:
        yield excerpts.sound_output(sounds[0])
    # the smaller ones from the largest: a 4K frame, or one of high dynamic range, is gone through once
    largest = _scaled(pictures[1], max(made, key=lambda target: target.width)).filter_multi_output("split")
    for number, (target, path) in enumerate(made.items(), start=1):
        tracks = [_scaled(largest[number], target)] + ([sounds[number]] if sounds else [])
        yield ffmpeg.output(*tracks, url(path), **_options(target))


def _progressive(picture: ffmpeg.Stream, probed: Probed) -> ffmpeg.Stream:
    whole = picture.filter("yadif", deint="interlaced")  # touches frames marked as interlaced only
    return whole.filter("fps", CALMED_FPS) if probed.video.fps > SMOOTHEST_FPS else whole


def _sound(source: ffmpeg.Stream, probed: Probed) -> ffmpeg.nodes.FilterNode:
    """From second 0, gaps filled with silence: players run sound on without looking at its times."""
    gaps = {"async": 1, "first_pts": 0, "min_hard_comp": SMALLEST_GAP_S}
    track = source[str(probed.audio.index)].filter("aresample", 48000, **gaps)
    return track.filter_multi_output("asplit")


def _scaled(picture: ffmpeg.Stream, target: Target) -> ffmpeg.Stream:
    scaled = picture.filter("scale", target.width, target.height, out_range="tv", **SDR)
    return scaled.filter("setsar", 1).filter("format", "yuv420p")


def _options(target: Target) -> dict[str, str | int]:
    """Frames become key frames by time alone (`sc_threshold`), so at the same places in each quality."""
    quality = target.quality
    return {
        "vcodec": "libx264",
        "preset": "veryfast",
        "threads": THREADS,
        "crf": quality.crf,
        "maxrate": f"{quality.video_kbps}k",
        "bufsize": f"{2 * quality.video_kbps}k",
        "fps_mode": "vfr",
        "force_key_frames": f"expr:gte(t,n_forced*{KEYFRAME_EVERY_S})",
        "forced-idr": 1,
        "sc_threshold": 0,
        "acodec": "aac",
        "audio_bitrate": f"{quality.audio_kbps}k",
        "ac": 2,
        "movflags": "+faststart",
        "map_metadata": -1,
        "map_chapters": -1,
        "f": "mp4",
    }
