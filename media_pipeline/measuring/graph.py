"""The graph of the one decode: which filters see which frames, and where their numbers go."""

from collections.abc import Iterator
from pathlib import Path

import ffmpeg

from media_pipeline.facts import TILT_EVERY_S, AudioTrack, Probed, VideoTrack
from media_pipeline.measuring import camera_path
from media_pipeline.measuring.cutting import Piece
from media_pipeline.opening.ffmpeg import open_input, threads_for

FRAMES_PER_S = 5  # enough for black and frozen stretches; everything else is looked at once a second
BOX = 640  # pixels the picture is made to fit in: blur values are comparable only at one size
REBLUR_SIGMA = 2  # pixels
# a field of 8×8 pixels changed by four levels, or one in twenty by two: else the second is as the one before
NEW = {"hi": 4 * 64, "lo": 2 * 64, "frac": 0.05}
BLACK_AT_LEAST_S = 1
FREEZE_AT_LEAST_S = 2
FREEZE_NOISE = "-50dB"
PATH_BOX = 160  # pixels: finer than the hundredth of the width that counts, at half a millisecond a frame
PACE_GRID = 32, 18  # fields, each a mean: a step of 40 pixels in 1280 still counts in full
HALVED = 3  # times: of every eighth line
STEP = "lavfi.scd.mafd"
NEVER = 100_000  # frames: what was printed need not be handed on, which costs as much as comparing it
ON_STDOUT = {"file": "-", "direct": 1}
# the runner puts its pipes in their place
PATH_PIPE, TILT_PIPE, BRIGHT_PIPE = "path of the camera", "tilt", "bright"
FLOOR_S = 0.01  # the pauses inside a sentence last 0.1 s and more, and the window forgets slowly


def arguments(path: Path, probed: Probed, piece: Piece | None = None) -> list[str]:
    """What ffmpeg is called with for the first picture and the first sound track of the file, or a piece."""
    video = probed.video if piece is None or piece.kind == "picture" else None
    audio = probed.audio if piece is None or piece.kind == "sound" else None
    source = open_input(path, probed.container.demuxer, threads=threads_for(video), **_seek(piece))
    outputs = [
        *(_picture_outputs(source[str(video.index)], video, piece) if video else ()),
        *(_sound_outputs(source[str(audio.index)], audio) if audio else ()),
    ]
    # a picture that changes its size must not restart the graph, or the sound would be measured anew
    options = [
        "-loglevel",
        "repeat+level+verbose",
        "-reinit_filter:v",
        "0",
        "-filter_complex_threads",
        "1",  # the pictures are small: sharing one out costs more than it saves
    ]
    return [*options, *ffmpeg.merge_outputs(*outputs).compile()[1:]]


def errors_only(path: Path, probed: Probed) -> list[str]:
    """A plain decode of the picture, for its log alone."""
    track = open_input(path, probed.container.demuxer)[str(probed.video.index)]
    return ["-loglevel", "repeat+level+verbose", *ffmpeg.output(track, "-", f="null").compile()[1:]]


def first_tilt_s(video: VideoTrack) -> float:
    """When the first frame of the grid is, to which `fps` moves the first frame of the file."""
    return round(video.start_s * FRAMES_PER_S) / FRAMES_PER_S


def _seek(piece: Piece | None) -> dict[str, object]:
    """From the key frame before: the picture that is on the screen when the piece begins is needed."""
    if piece is None or not piece.from_s:
        return {}
    return {"ss": piece.from_s, "noaccurate_seek": None}


def _at_rate(
    frames: ffmpeg.Stream, rate: int, piece: Piece | None, first_s: float | None = None
) -> ffmpeg.Stream:
    """So many frames a second on the grid that begins at `first_s`, by default with the first frame."""
    grid = {} if first_s is None else {"start_time": first_s}
    steady = frames.filter("fps", rate, **grid)
    return (
        steady if piece is None or piece.is_last else steady.filter("trim", end=piece.until_s - piece.from_s)
    )


def _picture_outputs(track: ffmpeg.Stream, video: VideoTrack, piece: Piece | None) -> Iterator[ffmpeg.Stream]:
    if video.frames == 1:  # shown shorter than the grid is wide, it would fall through
        track = track.filter("tpad", stop_mode="clone", stop_duration=1 / FRAMES_PER_S)
    all_frames = track.filter_multi_output("split")
    seeks = piece is not None and piece.from_s > 0
    grid_s = first_tilt_s(video) % TILT_EVERY_S if seeks else None
    small = (
        _scaled(_at_rate(all_frames[0], FRAMES_PER_S, piece, grid_s), BOX)
        .filter("format", "yuv420p")
        .filter("blackdetect", d=BLACK_AT_LEAST_S)
        .filter("freezedetect", n=FREEZE_NOISE, d=FREEZE_AT_LEAST_S)
        .filter_multi_output("split")
    )
    each_second = small[1].filter("framestep", FRAMES_PER_S).filter_multi_output("split")
    new = each_second[0].filter("mpdecimate", **NEW).filter_multi_output("split")
    yield _printed(small[0])
    yield _printed(new[0].filter("blurdetect").filter("signalstats"))
    yield _printed(new[1].filter("gblur", sigma=REBLUR_SIGMA).filter("blurdetect"))
    yield _piped(_planes(each_second[1]), BRIGHT_PIPE)
    yield _piped(each_second[2].filter("framestep", TILT_EVERY_S), TILT_PIPE)
    # from second 0 of the file, whenever the picture begins
    steady = _at_rate(all_frames[1], camera_path.FRAMES_PER_S, piece, 0)
    yield _piped(_scaled(steady, PATH_BOX), PATH_PIPE)
    if not video.variable_fps:
        steps = _steps(all_frames[2], piece).filter("metadata", "print", key=STEP, **ON_STDOUT)
        yield ffmpeg.output(steps.filter("framestep", NEVER), "-", f="null")


def _steps(frames: ffmpeg.Stream, piece: Piece | None) -> ffmpeg.Stream:
    """Every frame, at its own time, with the mean change from the one before."""
    for _ in range(HALVED):
        frames = frames.filter("field")  # costs nothing: the lines are stepped over
    small = frames.filter("scale", *PACE_GRID, flags="area", out_range="tv")
    steps = small.filter("format", "gray").filter("scdet", threshold=100)
    if piece is None:
        return steps
    until = {} if piece.is_last else {"end": piece.until_s - piece.from_s}
    return steps.filter("trim", start=0, **until)


def _scaled(picture: ffmpeg.Stream, box: int, flags: str = "fast_bilinear") -> ffmpeg.Stream:
    fit = {"force_original_aspect_ratio": "decrease", "force_divisible_by": 2}
    return picture.filter("scale", box, box, flags=flags, out_range="tv", **fit)


def _planes(picture: ffmpeg.Stream) -> ffmpeg.Stream:
    """Luma and both chromas, one below the other."""
    planes = picture.filter("scale", 160, -2).filter("format", "yuv444p")
    each = planes.filter_multi_output("extractplanes", "y+u+v")
    return ffmpeg.filter([each[0], each[1], each[2]], "vstack", inputs=3)


def _sound_outputs(track: ffmpeg.Stream, audio: AudioTrack) -> Iterator[ffmpeg.Stream]:
    # no conversion to stereo: it lowers a mono voice by 3 dB and hides its peaks
    channels = "RMS_level" if audio.channels == 2 else "none"
    chain = (
        track.filter("aformat", sample_fmts="fltp", sample_rates=48000)
        .filter("ebur128", peak="true", dualmono="true", metadata=1, framelog="quiet")
        .filter("asetnsamples", 48000)
        .filter(
            "astats",
            metadata=1,
            reset=1,
            length=FLOOR_S,
            measure_perchannel=channels,
            measure_overall="RMS_level+Peak_level+RMS_trough",
        )
    )
    stereo = chain.filter("aphasemeter", video=0) if audio.channels == 2 else chain
    yield _printed(stereo, "ametadata")


def _printed(stream: ffmpeg.Stream, printer: str = "metadata") -> ffmpeg.Stream:
    """Print on stdout, line by line: the graph is one thread, so the blocks of a frame never mix."""
    return ffmpeg.output(stream.filter(printer, "print", **ON_STDOUT), "-", f="null")


def _piped(picture: ffmpeg.Stream, pipe: str) -> ffmpeg.Stream:
    return ffmpeg.output(picture.filter("format", "gray"), pipe, f="image2pipe", vcodec="pgm", threads=1)
