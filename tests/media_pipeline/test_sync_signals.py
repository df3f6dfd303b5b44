"""Flashes and beeps: measured exactly where they are, and seen nowhere else."""

import numpy as np
import pytest

from media_pipeline.measuring.inspection import inspect_file, judge
from media_pipeline.sync import signals
from tests.media_pipeline.clips import PICTURE, slides

SECONDS = 9
FLASHES = "drawbox=t=fill:color=white:enable='gte(t,1)*lt(mod(t-1,3),0.06)'"
PICTURE_9_S = PICTURE.replace("duration=5", f"duration={SECONDS}")


def beeps(late_s: float) -> str:
    tone = f"0.5*sin(2000*PI*t)*gte(t-1-{late_s}\\,0)*lt(mod(t-1-{late_s}\\,3)\\,0.1)"
    return f"aevalsrc={tone}|{tone}:s=48000:d={SECONDS}"


def sync_of(facts):
    return next(check for check in judge(facts).checks if check.id == "av_sync")


@pytest.mark.parametrize(("late_s", "verdict"), [(0, "pass"), (0.3, "fail"), (-0.3, "fail")])
def test_a_test_signal_is_measured_to_the_millisecond(clips, late_s, verdict):
    clip = clips.lecture(picture=PICTURE_9_S, picture_filter=FLASHES, voice=beeps(late_s))
    facts = inspect_file(clip)
    assert facts.sync.method == "test_signals"
    assert facts.sync.offset_ms == pytest.approx(1000 * late_s, abs=5)
    assert len(facts.sync.windows) == 3
    assert sync_of(facts).verdict == verdict


def test_a_track_that_begins_late_is_seen_in_the_signal_too(clips):
    clip = clips.lecture(
        picture=PICTURE_9_S, picture_filter=FLASHES, voice=beeps(0), before_voice=("-itsoffset", "0.3")
    )
    assert inspect_file(clip).sync.offset_ms == pytest.approx(300, abs=5)


def test_flashes_without_beeps_and_beeps_without_flashes_are_no_signal(clips):
    hum = clips.lecture(picture=PICTURE_9_S, picture_filter=FLASHES, voice=f"sine=duration={SECONDS}")
    dark = clips.lecture(picture=slides(SECONDS), voice=beeps(0))
    assert {inspect_file(clip).sync.method for clip in (hum, dark)} == {"none"}


def lane(seconds: float, bright: list[tuple[float, float]], *, share: float = 1.0) -> np.ndarray:
    levels = np.full((int(seconds * signals.LANE_FPS), signals.POINTS), 40, np.uint8)
    for start_s, end_s in bright:
        rows = slice(round(start_s * signals.LANE_FPS), round(end_s * signals.LANE_FPS))
        levels[rows, : round(share * signals.POINTS)] = 230
    return levels


def test_a_flash_fills_the_picture_and_is_gone_at_once():
    assert signals.flashes_in(lane(10, [(2, 2.1), (5, 5.2)])) == [2.0, 5.0]


def test_a_new_slide_a_small_light_and_an_arc_that_flickers_are_no_signal():
    assert signals.flashes_in(lane(10, [(4, 10)])) == []
    assert signals.flashes_in(lane(10, [(4, 4.1)], share=0.5)) == []
    flicker = [(at, at + 0.1) for at in (2, 2.5, 3, 3.5)]
    assert signals.alone(signals.flashes_in(lane(10, flicker))) == []


def test_flashes_and_beeps_that_disagree_say_nothing():
    flashes = [1.0, 4.0, 7.0, 10.0]
    assert signals.agreed(signals.paired(flashes, [1.1, 4.4, 6.8, 10.3]), 4) is None
    assert signals.agreed(signals.paired(flashes[:2], [1.1, 4.1]), 2) is None


def test_a_drift_of_one_per_cent_is_told_from_an_offset():
    flashes = [float(at) for at in range(1, 62, 10)]
    found = signals.agreed(signals.paired(flashes, [at * 1.01 for at in flashes]), len(flashes))
    assert found.drift_ms == pytest.approx(600, abs=1)
    assert found.offset_ms == pytest.approx(310, abs=1)
