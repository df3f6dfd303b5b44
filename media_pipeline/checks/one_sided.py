"""Does only one of two channels carry sound? Then half of the audience, with one earphone, hears nothing."""

from statistics import median

from media_pipeline.checks.result import known, stretches
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile


def is_one_sided(facts: Facts, profile: Profile) -> bool:
    return abs(balance_db(facts)) > profile.one_sided_db


def balance_db(facts: Facts) -> float:
    """How much louder left is than right for most of the time; 0 for mono."""
    return median(known(facts.sound.balance) or [0.0])


def one_sided_spans(facts: Facts, profile: Profile) -> tuple[Span, ...]:
    """Where something is heard, but for a while on one side only."""
    sound = facts.sound
    seconds = zip(sound.balance, sound.peak, strict=True) if sound.balance else ()
    flags = (
        None not in (balance, peak)
        and abs(balance) > profile.one_sided_db
        and peak >= profile.silence_peak_db
        for balance, peak in seconds
    )
    return tuple(span for span in stretches(flags) if span.length_s >= profile.one_sided_s_warn)
