"""What was measured about one file: facts, never judgements.

They are stored, and judged again without decoding.
"""

from dataclasses import asdict, dataclass
from functools import cache
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

ENGINE_VERSION = "5"  # raise when a measure changes its meaning: older facts must then be measured again

type Series = tuple[float | None, ...]
"""One value per second from second 0 of the file; None where nothing could be measured."""

TILT_EVERY_S = 5


class Unreadable(Exception):
    """The file cannot be measured at all; `reason` is one plain sentence for the sender, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in seconds from the start of the file."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Container:
    demuxer: str
    format: str  # as mediainfo names it, e.g. "MPEG-4"
    size_bytes: int
    duration_s: float  # by the packets, not by the header
    declared_duration_s: float | None  # by the header
    moov_first: bool | None  # None where the container has no such thing
    video_tracks: int
    audio_tracks: int
    edit_hidden_s: float  # material an edit list hides
    edit_drift_ms: float  # how far sound leads where a player ignores the edit lists (late: negative)


@dataclass(frozen=True, slots=True)
class VideoTrack:
    index: int
    codec: str
    width: int
    height: int
    pixel_aspect: float
    rotation: int  # degrees a player turns the picture
    fps: float
    variable_fps: bool
    bit_rate: int
    frames: int
    start_s: float
    end_s: float
    gaps: tuple[Span, ...]  # the longest pauses between two frames
    corrupt_packets: int
    # since engine 3
    missing_frames: int = 0  # that a steady beat lacks
    missing: tuple[Span, ...] = ()  # the seconds that lack one


@dataclass(frozen=True, slots=True)
class AudioTrack:
    index: int
    codec: str
    channels: int
    sample_rate: int
    bit_rate: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Probed:
    """What can be known without decoding."""

    container: Container
    video: VideoTrack | None
    audio: AudioTrack | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Luma and chroma in 8-bit limited range; `bright_*` over the bright and nearly neutral pixels only."""

    luma_min: Series
    luma_low: Series
    luma_avg: Series
    luma_high: Series
    luma_max: Series
    chroma_u: Series
    chroma_v: Series
    bright_share: Series
    bright_u: Series
    bright_v: Series
    blur: Series  # mean width of an edge in pixels (Marziliano 2002)
    reblur: Series  # the same after one more blurring: a picture already blurred hardly changes (Crete 2007)
    motion: Series  # mean luma difference to the frame one second before
    black: tuple[Span, ...]
    freezes: tuple[Span, ...]
    decode_errors: int
    decoder_complaints: int
    size_changes: int
    # since engine 2; empty in older facts
    shake: Series = ()  # rms distance from the smooth path of the camera, per cent of the width
    repeats: Series = ()  # share of the frames, of 12 a second, that are the one before once more
    tilt: Series = ()  # degrees, clockwise positive; one value for every TILT_EVERY_S from the first frame
    hdr: str = ""  # PQ or HLG where the picture has a high dynamic range; its levels mean other light
    # since engine 4; frames of each second, empty where the frame rate varies
    moving: Series = ()  # that stand in a movement, so that an uneven step would show
    doubled: Series = ()  # of those: the frame before once more
    jumps: Series = ()  # that come after a step about twice as long as those around it, or longer


@dataclass(frozen=True, slots=True)
class Sound:
    """Loudness in LUFS (ITU-R BS.1770), levels in dBFS, phase −1…1; None where there is only silence."""

    momentary: Series
    short_term: Series
    peak: Series
    rms: Series
    phase: Series
    integrated: float | None
    loudness_range: float
    true_peak: float | None  # dBTP
    decode_errors: int
    # since engine 2; empty in older facts
    floor: Series = ()  # the quietest 10 ms of the second, dBFS
    balance: Series = ()  # how much louder left is than right, dB; stereo only


@dataclass(frozen=True, slots=True)
class SyncWindow:
    """A stretch that was compared; `offset_ms` > 0: sound late, None where it alone says nothing."""

    start_s: float
    end_s: float
    offset_ms: float | None


@dataclass(frozen=True, slots=True)
class Sync:
    """What the content says of sound and picture. `offset_ms` is None where it says nothing, and `reason`
    tells why: no_models (`note`: in words), no_face, small_face, too_short, no_match."""

    method: str = "none"  # or lips, test_signals
    offset_ms: float | None = None
    confidence: float = 0.0  # 0…1
    drift_ms: float | None = None  # from the first window to the last
    windows: tuple[SyncWindow, ...] = ()
    reason: str = ""
    note: str = ""
    # for each lag from −1 s to +1 s, in standard deviations of lags far away; `null` the highest of those
    null: float | None = None
    heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    container: Container
    video: VideoTrack | None
    audio: AudioTrack | None
    picture: Picture | None
    sound: Sound | None
    sync: Sync | None = None  # since engine 3; only where there are picture and sound
    engine_version: str = ENGINE_VERSION

    @property
    def duration_s(self) -> float:
        return self.container.duration_s

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return rebuild(cls, data)


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def rebuild(kind: Any, data: Any) -> Any:
    """Rebuild dataclasses and tuples from what `asdict` and JSON made of them."""
    if data is None:
        return None
    if get_origin(kind) is UnionType:
        return rebuild(get_args(kind)[0], data)
    if hasattr(kind, "__dataclass_fields__"):
        return kind(**{name: rebuild(_fields(kind)[name], value) for name, value in data.items()})
    if get_origin(kind) is tuple:
        return tuple(rebuild(get_args(kind)[0], item) for item in data)
    return tuple(data) if kind is Series else data
