"""The one decode: every measure of picture and sound in a single run of ffmpeg."""

from collections.abc import Callable, Iterator
from pathlib import Path

import ffmpeg

from media_pipeline.facts import AudioTrack, Picture, Sound, Unreadable
from media_pipeline.ffmpeg import THREADS, open_input
from media_pipeline.log import DecoderLog
from media_pipeline.probe import Probed
from media_pipeline.readings import Readings
from media_pipeline.runner import Limits, run_ffmpeg

FRAMES_PER_S = 5  # enough for black and frozen stretches; everything else is looked at once a second
BOX = 640  # pixels the picture is made to fit in: blur values are comparable only at one size
# a patch of strong colour is no tinted white
BRIGHT = "gt(lum(X,Y),180)*lt(abs(cb(X,Y)-128),48)*lt(abs(cr(X,Y)-128),48)"
REBLUR_SIGMA = 2  # pixels
BLACK_AT_LEAST_S = 1
FREEZE_AT_LEAST_S = 2
FREEZE_NOISE = "-50dB"
MISSING_AT_END_S = 3


def measure(
    path: Path, probed: Probed, *, on_progress: Callable[[float], None] = lambda fraction: None
) -> tuple[Picture | None, Sound | None]:
    """Decode the first picture and the first sound track once; raises `Unreadable` when that breaks off."""
    duration_s = probed.container.duration_s
    readings, log = Readings(duration_s), DecoderLog()
    code = run_ffmpeg(
        _arguments(path, probed),
        limits=Limits.for_duration(duration_s),
        on_line=readings.read,
        on_log=log.read,
        on_tick=lambda: on_progress(min(1.0, readings.position_s / duration_s)),
    )
    if code and readings.position_s < duration_s - MISSING_AT_END_S:
        raise Unreadable(_broken_off(readings.position_s))
    on_progress(1.0)
    return (
        readings.picture(log) if probed.video else None,
        readings.sound(log) if probed.audio else None,
    )


def _broken_off(position_s: float) -> str:
    where = f"在第 {position_s:.0f} 秒处" if position_s else "一开始就"
    return f"文件内容{where}无法解码，分析中断；请从原工程重新导出后再上传。"


def _arguments(path: Path, probed: Probed) -> list[str]:
    source = open_input(path, probed.container.demuxer)
    ends = [
        *(_picture_ends(source[str(probed.video.index)]) if probed.video else ()),
        *(_sound_ends(source[str(probed.audio.index)], probed.audio) if probed.audio else ()),
    ]
    outputs = [ffmpeg.output(end, "-", f="null") for end in ends]
    # a picture that changes its size must not restart the graph, or the sound would be measured anew
    options = [
        "-loglevel",
        "repeat+level+verbose",
        "-reinit_filter:v",
        "0",
        "-filter_complex_threads",
        str(THREADS),
    ]
    return [*options, *ffmpeg.merge_outputs(*outputs).compile()[1:]]


def _picture_ends(track: ffmpeg.Stream) -> Iterator[ffmpeg.Stream]:
    box = {"force_original_aspect_ratio": "decrease", "force_divisible_by": 2}
    small = (
        track.filter("fps", FRAMES_PER_S)
        .filter("scale", BOX, BOX, flags="fast_bilinear", out_range="tv", **box)
        .filter("format", "yuv420p")
        .filter("blackdetect", d=BLACK_AT_LEAST_S)
        .filter("freezedetect", n=FREEZE_NOISE, d=FREEZE_AT_LEAST_S)
        .filter_multi_output("split")
    )
    each_second = small[1].filter("framestep", FRAMES_PER_S).filter_multi_output("split")
    yield _printed(small[0])
    yield _printed(each_second[0].filter("blurdetect").filter("signalstats"))
    yield _printed(each_second[1].filter("gblur", sigma=REBLUR_SIGMA).filter("blurdetect"))
    yield _printed(_only_bright(each_second[2]).filter("signalstats"))


def _only_bright(picture: ffmpeg.Stream) -> ffmpeg.Stream:
    """Bright pixels keep their colour, all others turn neutral; luma becomes the mask itself."""
    kept = {name: f"if({BRIGHT},{name}(X,Y),128)" for name in ("cb", "cr")}
    return (
        picture.filter("scale", 160, -2)
        .filter("format", "yuv444p")
        .filter("geq", lum=f"255*{BRIGHT}", **kept)
    )


def _sound_ends(track: ffmpeg.Stream, audio: AudioTrack) -> Iterator[ffmpeg.Stream]:
    # no conversion to stereo: it lowers a mono voice by 3 dB and hides its peaks
    chain = (
        track.filter("aformat", sample_fmts="fltp", sample_rates=48000)
        .filter("ebur128", peak="true", dualmono="true", metadata=1, framelog="quiet")
        .filter("asetnsamples", 48000)
        .filter(
            "astats", metadata=1, reset=1, measure_perchannel="none", measure_overall="RMS_level+Peak_level"
        )
    )
    stereo = chain.filter("aphasemeter", video=0) if audio.channels == 2 else chain
    yield _printed(stereo, "ametadata")


def _printed(stream: ffmpeg.Stream, printer: str = "metadata") -> ffmpeg.Stream:
    """Print on stdout, line by line: the graph is one thread, so the blocks of a frame never mix."""
    return stream.filter(printer, "print", file="-", direct=1)
