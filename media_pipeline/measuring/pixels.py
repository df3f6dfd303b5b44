"""What is measured here and not by a filter, from the grey frames that come through pipes."""

from dataclasses import replace

from media_pipeline.facts import Picture
from media_pipeline.measuring import graph
from media_pipeline.measuring.brightness import Brightness
from media_pipeline.measuring.camera_path import CameraPath
from media_pipeline.measuring.cutting import Piece
from media_pipeline.measuring.frames import Grey, GreyFrames, is_alike
from media_pipeline.measuring.skew import skew
from media_pipeline.sync.looking import Lookout


class Pixels:
    """Hand its `on_bytes` to the pipes of ffmpeg; then ask it for the picture."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self._path = CameraPath()
        self.brightness = Brightness()
        self._tilts: list[float | None] = []
        self._measured: Grey | None = None
        self._tilt: float | None = None
        self.on_bytes = {
            graph.PATH_PIPE: GreyFrames(self._follow).read,
            graph.TILT_PIPE: GreyFrames(self._look).read,
            graph.BRIGHT_PIPE: GreyFrames(self.brightness.add).read,
        }

    def _follow(self, frame: Grey) -> None:
        self._path.add(frame)
        self._lookout.note(frame)

    def _look(self, frame: Grey) -> None:
        """A slide that stays leans as before: as the frame that was measured, or small steps would add up."""
        again = self._measured is not None and is_alike(self._measured, frame)
        if not again:
            self._measured, self._tilt = frame, skew(frame)
        self._tilts.append(self._tilt)
        self._lookout.look(frame, again=again)

    def complete(self, picture: Picture, piece: Piece | None, tilts_before: int) -> Picture:
        """With what was measured here, in seconds of the whole file."""
        before = int(piece.from_s) if piece else 0
        return replace(
            picture,
            shake=(None,) * before + self._path.shake(),
            repeats=(None,) * before + self._path.repeats(),
            tilt=(None,) * tilts_before + tuple(self._tilts),
        )
