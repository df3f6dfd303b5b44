"""The checks of attachment 3, item 8, in the order of its words.

To add one, copy its neighbour and list it here.
"""

from media_pipeline.checks import (
    av_sync,
    black,
    clarity,
    colour,
    container,
    deformation,
    exposure,
    frame_loss,
    frame_skip,
    freeze,
    noise,
    resolution,
    shake,
    silence,
    smoothness,
    sound_distortion,
    sound_overshoot,
    sound_weak,
    tilt,
)
from media_pipeline.checks.result import Check, CheckResult, Evidence, Verdict

CHECKS: tuple[Check, ...] = (
    container.CHECK,
    resolution.CHECK,
    clarity.CHECK,
    shake.CHECK,
    tilt.CHECK,
    deformation.CHECK,
    exposure.CHECK,
    colour.CHECK,
    frame_skip.CHECK,
    frame_loss.CHECK,
    smoothness.CHECK,
    black.CHECK,
    freeze.CHECK,
    av_sync.CHECK,
    sound_distortion.CHECK,
    sound_overshoot.CHECK,
    sound_weak.CHECK,
    noise.CHECK,
    silence.CHECK,
)

__all__ = ["CHECKS", "Check", "CheckResult", "Evidence", "Verdict"]
