"""Is this a slide or screen recording? Stillness is normal there and a defect of a camera picture."""

from statistics import median

from media_pipeline.checks.result import known, share
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile

NEARLY_ALL = 0.9


def is_still(facts: Facts, profile: Profile) -> bool:
    """True when the picture hardly changes from one second to the next for half of the time or more."""
    motion = known(facts.picture.motion)[1:] if facts.picture else []
    return not motion or median(motion) < profile.still_motion


def is_camera(facts: Facts, profile: Profile, *, all_the_time: bool = False) -> bool:
    """True when many seconds, or nearly all, repeat no frame: the noise of a sensor makes each one new."""
    repeats = known(facts.picture.repeats) if facts.picture else []
    return share(part < profile.repeats_warn for part in repeats) > (
        NEARLY_ALL if all_the_time else profile.camera_share
    )


def is_screen(facts: Facts, profile: Profile) -> bool:
    """True when most frames are the frame before once more: a sensor is never so quiet, a screen is."""
    repeats = known(facts.picture.repeats) if facts.picture else []
    return median(repeats) >= profile.screen_repeats if repeats else is_still(facts, profile)
