"""The one decode: every measure of picture and sound in a single run of ffmpeg."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from media_pipeline.facts import TILT_EVERY_S, Picture, Probed, Sound, Unreadable
from media_pipeline.measuring import graph
from media_pipeline.measuring.cutting import Piece, own_part
from media_pipeline.measuring.pixels import Pixels
from media_pipeline.measuring.readings import Readings
from media_pipeline.opening.log import DecoderLog
from media_pipeline.opening.runner import Limits, OnBytes, run_ffmpeg
from media_pipeline.sync.looking import Lookout
from media_pipeline.sync.places import Looked

MISSING_AT_END_S = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Of a whole file, or of one piece of it."""

    picture: Picture | None
    sound: Sound | None
    looked: Looked


def measure(
    path: Path,
    probed: Probed,
    piece: Piece | None = None,
    *,
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> Measured:
    """Decode the first picture and the first sound track once; raises `Unreadable` when that breaks off.

    Of a `piece` only what it is: its own seconds of the picture, or the sound.
    """
    if piece and piece.kind == "sound":
        return Measured(None, _measure_sound(path, probed, piece, on_progress), Looked())
    return _measure_picture(path, probed, piece, on_progress)


def recounted(path: Path, probed: Probed, picture: Picture) -> Picture:
    """With the errors counted over the whole: a decoder that begins in the middle may stumble by itself."""
    log = DecoderLog()
    limits = Limits.for_duration(probed.container.duration_s)
    run_ffmpeg(graph.errors_only(path, probed), limits=limits, on_log=log.read)
    return replace(picture, decode_errors=log.decode_errors["video"], decoder_complaints=log.complaints)


def _measure_sound(path: Path, probed: Probed, piece: Piece, on_progress: Callable[[float], None]) -> Sound:
    readings, log = Readings(piece.until_s), DecoderLog()
    _run(path, probed, piece, readings, log, {}, on_progress)
    return readings.sound(log)


def _measure_picture(
    path: Path, probed: Probed, piece: Piece | None, on_progress: Callable[[float], None]
) -> Measured:
    """And the sound too when there is no piece."""
    duration_s = probed.container.duration_s
    from_s, until_s = (piece.from_s, piece.until_s) if piece else (0.0, duration_s)
    first_tilt_s = graph.first_tilt_s(probed.video) if probed.video else 0.0
    tilts_before = max(0, ceil((from_s - first_tilt_s) / TILT_EVERY_S))
    lookout = Lookout(duration_s, TILT_EVERY_S, first=tilts_before, from_s=from_s)
    readings, log, pixels = Readings(until_s, from_s=from_s), DecoderLog(), Pixels(lookout)
    _run(path, probed, piece, readings, log, pixels.on_bytes, on_progress)
    if piece:
        seen = pixels.complete(readings.picture(log, pixels.brightness), piece, tilts_before)
        own_looks = (float("inf") if piece.is_last else piece.end_s,)
        return Measured(own_part(seen, piece, first_tilt_s), None, lookout.looked(piece.start_s, *own_looks))
    return Measured(
        picture=pixels.complete(readings.picture(log, pixels.brightness), None, 0) if probed.video else None,
        sound=readings.sound(log) if probed.audio else None,
        looked=lookout.looked(),
    )


def _run(
    path: Path,
    probed: Probed,
    piece: Piece | None,
    readings: Readings,
    log: DecoderLog,
    on_bytes: Mapping[str, OnBytes],
    on_progress: Callable[[float], None],
) -> None:
    from_s, until_s = readings.from_s, readings.duration_s
    code = run_ffmpeg(
        graph.arguments(path, probed, piece),
        limits=Limits.for_duration(until_s - from_s),
        on_line=readings.read,
        on_log=log.read,
        on_bytes=on_bytes,
        on_tick=lambda: on_progress(min(1.0, (readings.position_s - from_s) / (until_s - from_s))),
    )
    if code and readings.position_s < until_s - MISSING_AT_END_S:
        raise Unreadable(_broken_off(readings.position_s))
    on_progress(1.0)


def _broken_off(position_s: float) -> str:
    where = f"在第 {position_s:.0f} 秒处" if position_s else "一开始就"
    return f"文件内容{where}无法解码，分析中断；请从原工程重新导出后再上传。"
