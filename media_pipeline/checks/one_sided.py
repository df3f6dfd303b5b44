"""Does only one of two channels carry sound? Then half of the audience, with one earphone, hears nothing."""

from statistics import median

from media_pipeline.checks.result import known
from media_pipeline.facts import Facts
from media_pipeline.limits.thresholds import Profile


def is_one_sided(facts: Facts, profile: Profile) -> bool:
    return abs(balance_db(facts)) > profile.one_sided_db


def balance_db(facts: Facts) -> float:
    """How much louder left is than right for most of the time; 0 for mono."""
    return median(known(facts.sound.balance) or [0.0])
