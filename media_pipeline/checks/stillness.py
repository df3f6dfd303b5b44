"""Is this a slide or screen recording? Stillness is normal there and a defect of a camera picture."""

from statistics import median

from media_pipeline.checks.result import known
from media_pipeline.facts import Facts
from media_pipeline.thresholds import Profile


def is_still(facts: Facts, profile: Profile) -> bool:
    """True when the picture hardly changes from one second to the next for half of the time or more."""
    motion = known(facts.picture.motion)[1:] if facts.picture else []
    return not motion or median(motion) < profile.still_motion


def is_screen(facts: Facts, profile: Profile) -> bool:
    """True when most frames are the frame before once more: a sensor is never so quiet, a screen is."""
    repeats = known(facts.picture.repeats) if facts.picture else []
    return median(repeats) >= profile.screen_repeats if repeats else is_still(facts, profile)
