"""What the filters print while they measure, gathered into one value per second."""

import re
from math import isfinite

from media_pipeline.facts import Picture, Series, Sound, Span
from media_pipeline.measuring.brightness import Brightness
from media_pipeline.measuring.pace import Pace
from media_pipeline.opening.log import DecoderLog

SILENT = -70.0  # LUFS: what the gate of ITU-R BS.1770 leaves out altogether

FRAME_LINE = re.compile(r"frame:\d+ +pts:\d+ +pts_time:([\d.]+)$")
_VALUE = re.compile(r"(lavfi\.[\w.]+)=(-?(?:nan|inf|[\d.e+-]+))$")

_STATS = "lavfi.signalstats."
_MOTION = "motion"
_PICTURE = {
    "luma_min": f"{_STATS}YMIN",
    "luma_low": f"{_STATS}YLOW",
    "luma_avg": f"{_STATS}YAVG",
    "luma_high": f"{_STATS}YHIGH",
    "luma_max": f"{_STATS}YMAX",
    "chroma_u": f"{_STATS}UAVG",
    "chroma_v": f"{_STATS}VAVG",
    "blur": "lavfi.blur",
    _MOTION: f"{_STATS}YDIF",
}
_REBLUR = {"reblur": "lavfi.blur"}
_SOUND = {
    "momentary": "lavfi.r128.M",
    "short_term": "lavfi.r128.S",
    "peak": "lavfi.astats.Overall.Peak_level",
    "rms": "lavfi.astats.Overall.RMS_level",
    "floor": "lavfi.astats.Overall.RMS_trough",
    "phase": "lavfi.aphasemeter.phase",
}
_CHANNELS = tuple(f"lavfi.astats.{channel}.RMS_level" for channel in (1, 2))
NO_SIGNAL = -90.0  # dBFS: 16 bits reach no lower
_STEP = "lavfi.scd.mafd"  # per cent of 256 levels


def _rounded(value: float) -> float:
    """Three digits tell all there is to tell, and hours of them stay small."""
    return round(value, 1 if abs(value) >= 10 else 2)


class Readings:
    """Feed it the lines of `metadata=print`; ask it for `picture` and `sound` at the end.

    Frames may also carry texts from the file itself: what is not a number of a filter is passed over.
    """

    def __init__(self, duration_s: float, *, from_s: float = 0.0) -> None:
        """Times are printed from `from_s` on; `duration_s` is where what is read ends."""
        self.duration_s, self.from_s = duration_s, from_s
        self.position_s = from_s
        self._block: dict[str, float] = {}
        self._at_s = 0.0
        self._series: dict[str, dict[int, float | None]] = {}
        self._edges: dict[str, set[float]] = {}
        self._pace = Pace()

    def read(self, line: str) -> None:
        if frame := FRAME_LINE.match(line):
            self._close_block()
            self._at_s = min(self.from_s + float(frame[1]), self.duration_s)
            self.position_s = max(self.position_s, self._at_s)
        elif value := _VALUE.match(line):
            self._block[value[1]] = float(value[2])

    def _close_block(self) -> None:
        """A block is all one filter printed for one frame; what it holds tells which filter that was."""
        block, self._block = self._block, {}
        if _STEP in block:
            self._pace.add(self._at_s, 2.56 * block[_STEP])
        elif "lavfi.blur" in block:
            self._note_all(block, _PICTURE if f"{_STATS}YAVG" in block else _REBLUR)
        elif "lavfi.r128.M" in block:
            self._note_all(block, _SOUND)
            self._note_balance(block)
        else:
            for name, value in block.items():
                self._edges.setdefault(name, set()).add(self.from_s + value)

    def _note_all(self, block: dict[str, float], names: dict[str, str]) -> None:
        for name, key in names.items():
            if key in block:
                self._note(name, block[key])

    def _repeat(self, first: int, end: int) -> None:
        """Nothing is printed for a second that looks like the one before."""
        for name in (*_PICTURE, *_REBLUR):
            values = self._series.get(name, {})
            for second in range(first + 1, end):
                values.setdefault(second, 0.0 if name == _MOTION else values.get(second - 1))

    def _note_balance(self, block: dict[str, float]) -> None:
        if all(key in block for key in _CHANNELS):
            left, right = (max(block[key], NO_SIGNAL) for key in _CHANNELS)
            self._note("balance", left - right)

    def _note(self, name: str, value: float) -> None:
        nothing = not isfinite(value) or (name in ("momentary", "short_term") and value <= SILENT)
        self._series.setdefault(name, {})[round(self._at_s)] = None if nothing else _rounded(value)

    def picture(self, log: DecoderLog, brightness: Brightness) -> Picture:
        self._close_block()
        first = min(self._series.get("luma_avg", {}), default=0)
        self._repeat(first, first + len(brightness.shares))
        return Picture(
            **self._all_series((*_PICTURE, *_REBLUR)),
            **brightness.series(first),
            **self._pace.series(),
            black=self._spans("lavfi.black_"),
            freezes=self._spans("lavfi.freezedetect.freeze_"),
            decode_errors=log.decode_errors["video"],
            decoder_complaints=log.complaints,
            size_changes=log.size_changes,
            hdr=log.hdr,
        )

    def sound(self, log: DecoderLog) -> Sound:
        self._close_block()
        integrated = log.loudness.get("I", SILENT)
        true_peak = log.loudness.get("Peak", float("-inf"))
        return Sound(
            **self._all_series((*_SOUND, "balance")),
            integrated=integrated if integrated > SILENT else None,
            loudness_range=log.loudness.get("LRA", 0.0),
            true_peak=true_peak if isfinite(true_peak) else None,
            decode_errors=log.decode_errors["audio"],
        )

    def _all_series(self, names: tuple[str, ...]) -> dict[str, Series]:
        """Series of one length, for seconds nothing was printed for hold None."""
        found = {name: self._series.get(name, {}) for name in names}
        length = max((second for values in found.values() for second in values), default=-1) + 1
        return {name: tuple(values.get(second) for second in range(length)) for name, values in found.items()}

    def _spans(self, prefix: str) -> tuple[Span, ...]:
        """Pair starts with ends; a stretch that runs to the end of the file prints no end."""
        starts = sorted(self._edges.get(f"{prefix}start", ()))
        ends = sorted(self._edges.get(f"{prefix}end", ()))
        return tuple(Span(at, next((end for end in ends if end > at), self.duration_s)) for at in starts)
