"""Where a presentation turns to its next slide, read from what was measured. Pure."""

from statistics import median

from media_pipeline.checks.result import known
from media_pipeline.checks.stillness import is_still
from media_pipeline.facts import Facts, Span
from media_pipeline.limits.thresholds import Profile

CHANGED = 2.0  # levels of luma, mean over the picture: a new line of text gives 0.3, a new slide 4 and more
TIMES_USUAL = 4.0  # a moving head in the corner keeps the difference up all the time


def slide_changes(facts: Facts, profile: Profile) -> list[int]:
    """The seconds at which the picture turned into another; none for a camera, where everything moves."""
    if not facts.picture or not is_still(facts, profile):
        return []
    motion = [step or 0.0 for step in facts.picture.motion]
    least = max(CHANGED, TIMES_USUAL * median(known(motion) or [0.0]))
    turned = [each for each in range(1, len(motion)) if motion[each] >= least and _is_peak(motion, each)]
    return [second for second in turned if not _borders_on_black(second, facts.picture.black)]


def _borders_on_black(second: int, black: tuple[Span, ...]) -> bool:
    """A picture that goes dark is a finding of its own, no slide."""
    return any(abs(second - edge) <= 1 for span in black for edge in (span.start_s, span.end_s))


def _is_peak(motion: list[float], second: int) -> bool:
    """The picture stands again after it: a film in a slide, or a long fade, changes on and on."""
    before = motion[second - 1] if second > 1 else 0.0
    after = motion[second + 1] if second + 1 < len(motion) else 0.0
    return motion[second] > before and max(before, after) < motion[second] / 2
