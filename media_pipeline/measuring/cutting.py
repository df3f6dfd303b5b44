"""Where a long video is cut for several workers, and how what they measured becomes one again.

The picture is cut in time; the sound is one piece, because loudness is gated over the whole (ITU-R BS.1770).
A piece looks at some seconds before and after its own, on the same grid of frames as a measure of the whole,
so that filters with a memory have settled; only its own seconds are kept. See docs/decisions/0026.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from math import ceil

from media_pipeline.facts import TILT_EVERY_S, Picture, Series, Span, VideoTrack

BEFORE_S = 10  # a freeze needs 2 s to be seen, the grid of frames up to 5
AFTER_S = 3
GRID_S = 5  # pieces begin where all grids meet: tilt is looked at every 5 s
CUTTABLE = {"mov", "matroska", "webm"}  # formats with an index of key frames
STARTS_WITHIN_S = 5.0  # a picture that begins later is measured in one piece
SHORTEST_LAST = 0.25  # of a piece: a shorter rest belongs to the piece before


@dataclass(frozen=True, slots=True)
class Cutting:
    """What is cut, and into what, in seconds."""

    over_s: float = 20 * 60
    piece_s: float = 10 * 60


@dataclass(frozen=True, slots=True)
class Piece:
    """Seconds `start_s` to `end_s` of the picture, or the sound as a whole."""

    number: int
    kind: str  # "picture" or "sound"
    start_s: float
    end_s: float
    is_last: bool = False

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def from_s(self) -> float:
        """Where decoding begins."""
        return max(0.0, self.start_s - BEFORE_S)

    @property
    def until_s(self) -> float:
        """Where decoding ends."""
        return self.end_s if self.is_last else self.end_s + AFTER_S


def pieces_of(
    demuxer: str, video: VideoTrack | None, has_sound: bool, duration_s: float, cutting: Cutting
) -> tuple[Piece, ...]:
    """The pieces of a file, the sound first because it takes longest; empty when it is measured whole."""
    if video is None or demuxer not in CUTTABLE or video.start_s >= STARTS_WITHIN_S:
        return ()
    step = max(GRID_S, GRID_S * ceil(cutting.piece_s / GRID_S))
    count = max(1, ceil(video.end_s / step - SHORTEST_LAST))
    if duration_s <= cutting.over_s or count < 2:
        return ()
    sound = [Piece(0, "sound", 0.0, duration_s, is_last=True)] if has_sound else []
    edges = [float(step * number) for number in range(count)] + [duration_s]
    cut = pairwise(edges)
    return (
        *sound,
        *(
            Piece(len(sound) + number, "picture", start, end, is_last=number == count - 1)
            for number, (start, end) in enumerate(cut)
        ),
    )


def own_part(seen: Picture, piece: Piece, first_tilt_s: float) -> Picture:
    """Of all a piece looked at, in seconds of the whole video, what lies in its own seconds."""
    series = {name: _seconds(getattr(seen, name), piece) for name in _series_names()}
    tilt = seen.tilt[_tilts_before(piece.start_s, first_tilt_s) :]
    if not piece.is_last:
        tilt = tilt[: _tilts_before(piece.end_s, first_tilt_s) - _tilts_before(piece.start_s, first_tilt_s)]
    spans = {name: _clipped(getattr(seen, name), piece) for name in ("black", "freezes")}
    return replace(seen, **series, **spans, tilt=tilt)


def joined(parts: Iterable[Picture]) -> Picture:
    """One picture from its parts in the order of time; what touches at a seam becomes one."""
    parts = list(parts)
    series = {name: sum((getattr(part, name) for part in parts), ()) for name in (*_series_names(), "tilt")}
    counts = ("decode_errors", "decoder_complaints", "size_changes")
    return replace(
        parts[0],
        **series,
        **{name: sum(getattr(part, name) for part in parts) for name in counts},
        **{name: _sewn([getattr(part, name) for part in parts]) for name in ("black", "freezes")},
    )


def _series_names() -> list[str]:
    return [each.name for each in fields(Picture) if each.type is Series and each.name != "tilt"]


def _seconds(values: Series, piece: Piece) -> Series:
    """From `start_s` on; a piece that is followed by another fills its seconds."""
    start, end = int(piece.start_s), int(piece.end_s)
    if piece.is_last:
        return values[start:]
    return (*values[start:end], *[None] * (end - max(start, len(values))))


def _tilts_before(second: float, first_tilt_s: float) -> int:
    return max(0, ceil((second - first_tilt_s) / TILT_EVERY_S))


def _clipped(spans: Iterable[Span], piece: Piece) -> tuple[Span, ...]:
    cut = (Span(max(each.start_s, piece.start_s), min(each.end_s, piece.end_s)) for each in spans)
    return tuple(each for each in cut if each.length_s > 0)


def _sewn(parts: list[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Stretches of one part never touch each other; one that ends where the next part's begins goes on."""
    sewn: list[Span] = []
    for spans in parts:
        first = spans[0] if spans else None
        if first and sewn and sewn[-1].end_s == first.start_s:
            sewn[-1], spans = Span(sewn[-1].start_s, first.end_s), spans[1:]
        sewn.extend(spans)
    return tuple(sewn)
