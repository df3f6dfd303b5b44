"""The one decode: every measure of picture and sound in a single run of ffmpeg."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline import graph
from media_pipeline.camera_path import CameraPath
from media_pipeline.facts import TILT_EVERY_S, Picture, Sound, Unreadable
from media_pipeline.frames import Grey, GreyFrames, is_same
from media_pipeline.log import DecoderLog
from media_pipeline.probe import Probed
from media_pipeline.readings import Readings
from media_pipeline.runner import Limits, run_ffmpeg
from media_pipeline.skew import skew
from media_pipeline.sync.looking import Lookout

MISSING_AT_END_S = 3


@dataclass(frozen=True, slots=True)
class Measured:
    picture: Picture | None
    sound: Sound | None
    lookout: Lookout


class _Pixels:
    """What is measured here and not by a filter, from the grey frames that come through pipes."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._path = CameraPath()
        self._tilts: list[float | None] = []
        self._looked_at: Grey | None = None
        self.on_bytes = {
            graph.PATH_PIPE: GreyFrames(self._path.add).read,
            graph.TILT_PIPE: GreyFrames(self._look).read,
            graph.FLASH_PIPE: lookout.brightness.extend,
        }

    def _look(self, frame: Grey) -> None:
        """A slide that stays leans as before."""
        again = self._looked_at is not None and is_same(self._looked_at, frame)
        self._tilts.append(self._tilts[-1] if again else skew(frame))
        self._looked_at = frame
        self._lookout.look(frame)

    def complete(self, picture: Picture) -> Picture:
        shake, repeats = self._path.shake(), self._path.repeats()
        return replace(picture, shake=shake, repeats=repeats, tilt=tuple(self._tilts))


def measure(
    path: Path, probed: Probed, *, on_progress: Callable[[float], None] = lambda fraction: None
) -> Measured:
    """Decode the first picture and the first sound track once; raises `Unreadable` when that breaks off."""
    duration_s = probed.container.duration_s
    readings, log, lookout = Readings(duration_s), DecoderLog(), Lookout(duration_s, TILT_EVERY_S)
    pixels = _Pixels(lookout)
    code = run_ffmpeg(
        graph.arguments(path, probed),
        limits=Limits.for_duration(duration_s),
        on_line=readings.read,
        on_log=log.read,
        on_bytes=pixels.on_bytes,
        on_tick=lambda: on_progress(min(1.0, readings.position_s / duration_s)),
    )
    if code and readings.position_s < duration_s - MISSING_AT_END_S:
        raise Unreadable(_broken_off(readings.position_s))
    on_progress(1.0)
    return Measured(
        picture=pixels.complete(readings.picture(log)) if probed.video else None,
        sound=readings.sound(log) if probed.audio else None,
        lookout=lookout,
    )


def _broken_off(position_s: float) -> str:
    where = f"在第 {position_s:.0f} 秒处" if position_s else "一开始就"
    return f"文件内容{where}无法解码，分析中断；请从原工程重新导出后再上传。"
