"""Does a camera picture move evenly? Frames shown twice, and steps over frames that are missing."""

from dataclasses import dataclass

from media_pipeline.checks.result import known, share
from media_pipeline.checks.stillness import is_screen
from media_pipeline.facts import Facts, Series, Span
from media_pipeline.limits.thresholds import Profile

MOVING_LEAST = 50  # frames: two seconds of movement


@dataclass(frozen=True, slots=True)
class Uneven:
    """How many frames, which share of those in movement, and the seconds where they are."""

    frames: int
    share: float
    seconds: tuple[Span, ...]


def doubled(facts: Facts, profile: Profile) -> Uneven | None:
    """Frames shown twice; None where they are too few to matter."""
    return _found(facts, profile, facts.picture.doubled, profile.doubled_share_warn)


def jumps(facts: Facts, profile: Profile) -> Uneven | None:
    """Steps over missing frames; None where they are too few to matter."""
    return _found(facts, profile, facts.picture.jumps, profile.jumps_share_warn)


def _found(facts: Facts, profile: Profile, counts: Series, most: float) -> Uneven | None:
    moving, frames = sum(known(facts.picture.moving)), int(sum(known(counts)))
    few = moving < MOVING_LEAST or frames < profile.uneven_warn or frames <= most * moving
    if few or _moves_by_itself(facts, profile):
        return None
    seconds = (Span(float(at), float(at + 1)) for at, count in enumerate(counts) if count)
    return Uneven(frames, frames / moving, tuple(seconds))


def _moves_by_itself(facts: Facts, profile: Profile) -> bool:
    """Pages scroll and turn in steps, and who records them writes frames as they come."""
    idle = share(part >= profile.idle_repeats for part in known(facts.picture.repeats))
    return facts.video.variable_fps or is_screen(facts, profile) or idle > profile.idle_share
