"""Which qualities a video gets, and how large: never larger than it is (附件3第17项)."""

from dataclasses import dataclass

KEYFRAME_EVERY_S = 2  # in all qualities at the same frames, so that a change of quality lands where it was


@dataclass(frozen=True, slots=True)
class Quality:
    """`lines` counts the shorter side; rates in kbit/s, `video_kbps` is the peak."""

    kind: str
    lines: int
    crf: int
    video_kbps: int
    audio_kbps: int


LADDER = (
    Quality("low", 360, 27, 500, 64),
    Quality("mid", 480, 25, 1000, 96),
    Quality("high", 720, 23, 2500, 128),
)


@dataclass(frozen=True, slots=True)
class Target:
    """One rendition to make, in square pixels, both sides even."""

    quality: Quality
    width: int
    height: int


def targets(width: int, height: int, *, pixel_aspect: float, rotation: int) -> list[Target]:
    """For a picture as it is stored, its pixels `pixel_aspect` wide, turned by `rotation` degrees in players.

    A quality that would need more lines than there are is left out; the lowest is always made.
    """
    wide, high = width * pixel_aspect, float(height)
    if rotation % 180:
        wide, high = high, wide
    lines = min(wide, high)
    made = [quality for quality in LADDER if quality.lines <= lines] or LADDER[:1]
    return [_target(quality, wide, high) for quality in made]


def largest_bytes(found: list[Target], duration_s: float) -> int:
    """The disk space all of them may take, at their peak rates."""
    kbps = sum(target.quality.video_kbps + target.quality.audio_kbps for target in found)
    return int(1.1 * kbps * 125 * duration_s) + 1_000_000


def _target(quality: Quality, wide: float, high: float) -> Target:
    scale = min(1.0, quality.lines / min(wide, high))
    return Target(quality, _even(wide * scale), _even(high * scale))


def _even(pixels: float) -> int:
    """Down to an even number, so never larger than the picture; the shape of a pixel is known to 4 places."""
    return max(2, int(pixels + 0.2) // 2 * 2)
