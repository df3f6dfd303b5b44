"""The one decode, on clips whose values are known."""

import json
import sys

import numpy as np
import pytest

from media_pipeline.facts import Facts, Span
from media_pipeline.measuring.brightness import Brightness
from media_pipeline.measuring.frames import is_alike
from media_pipeline.measuring.inspection import inspect_file
from media_pipeline.measuring.readings import Readings
from media_pipeline.opening.log import DecoderLog
from tests.media_pipeline.clips import SECONDS


def test_facts_survive_the_way_through_json(clips):
    facts = inspect_file(clips.lecture())
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_there_is_one_value_for_every_second(clips):
    facts = inspect_file(clips.lecture())
    assert {len(facts.picture.blur), len(facts.picture.motion), len(facts.picture.luma_avg)} == {SECONDS}
    assert len(facts.sound.momentary) in (SECONDS, SECONDS + 1)  # AAC pads the last block


def test_a_known_sound_has_its_known_loudness(clips):
    """EBU Tech 3341, case 1: 1 kHz at −23 dBFS in both channels reads −23 LUFS."""
    tone = "aevalsrc=10^(-23/20)*sin(2000*PI*t)|10^(-23/20)*sin(2000*PI*t):s=48000:d=5"
    sound = inspect_file(clips.make("-f", "lavfi", "-i", tone, suffix="wav")).sound
    assert sound.integrated == pytest.approx(-23, abs=0.1)
    assert sound.true_peak == pytest.approx(-23, abs=0.2)
    assert sound.phase[1] == pytest.approx(1, abs=0.01)


def test_a_mono_voice_is_as_loud_as_the_same_voice_in_two_channels(clips):
    one = clips.make("-f", "lavfi", "-i", "aevalsrc=0.5*sin(2000*PI*t):s=48000:d=3", suffix="wav")
    two = clips.make("-i", one, "-af", "pan=stereo|c0=c0|c1=c0", suffix="wav")
    mono, stereo = inspect_file(one).sound, inspect_file(two).sound
    assert (mono.integrated, mono.true_peak) == (stereo.integrated, stereo.true_peak)


def test_black_and_frozen_to_the_end_is_closed_at_the_end(clips):
    turns_black = "drawbox=t=fill:color=black:enable='gte(t,2)'"
    facts = inspect_file(clips.lecture(picture_filter=turns_black))
    assert facts.picture.black == (Span(2.0, facts.duration_s),)
    assert facts.picture.freezes == (Span(2.0, facts.duration_s),)


def test_a_picture_that_changes_its_size_is_measured_to_the_end(clips):
    small = clips.lecture(picture_filter="scale=320:180", suffix="ts")
    large = clips.lecture(picture_filter="scale=640:480", more=("-output_ts_offset", "5"), suffix="ts")
    joined = clips.folder / "joined.ts"
    joined.write_bytes(small.read_bytes() + large.read_bytes())
    facts = inspect_file(joined)
    assert facts.picture.size_changes == 1
    assert len(facts.picture.blur) == 2 * SECONDS
    assert len(facts.sound.momentary) >= 2 * SECONDS


def test_sound_longer_than_the_picture_is_measured_to_its_end(clips):
    facts = inspect_file(clips.lecture(voice="sine=duration=8"))
    assert len(facts.picture.blur) == SECONDS
    assert len(facts.sound.momentary) >= 8


def test_a_file_without_sound_and_one_without_picture(clips):
    silent = inspect_file(clips.make("-i", clips.lecture(), "-an", "-c", "copy"))
    blind = inspect_file(clips.make("-i", clips.lecture(), "-vn", "-c", "copy"))
    assert (silent.audio, silent.sound) == (None, None)
    assert (blind.video, blind.picture) == (None, None)
    assert silent.picture is not None
    assert blind.sound is not None


def test_progress_rises_to_one_and_names_its_stage(clips):
    seen = []
    inspect_file(clips.lecture(), on_progress=lambda *report: seen.append(report))
    fractions = [fraction for fraction, _ in seen]
    assert fractions == sorted(fractions)
    assert seen[-1] == (1.0, "比对口型和声音")


def test_what_progress_raises_ends_the_analysis(clips):
    class LeaseLost(Exception):
        pass

    def lose(fraction: float, stage: str) -> None:
        raise LeaseLost

    with pytest.raises(LeaseLost):
        inspect_file(clips.lecture(), on_progress=lose)


def test_texts_a_file_carries_are_no_measurements():
    readings = Readings(duration_s=10)
    for line in (
        "frame:0    pts:0       pts_time:9e99",
        "title=frame:1",
        "frame:0 pts:0 pts_time:7",
        "lavfi.x=../etc",
    ):
        readings.read(line)
    assert readings.position_s == 7


def test_a_second_that_prints_nothing_is_as_the_one_before():
    """The graph leaves out what did not change: two slides, the second shown from second 2 to the end."""
    readings, brightness = Readings(duration_s=5), Brightness()
    for at_s, luma in ((0, 100), (2, 200)):
        readings.read(f"frame:0 pts:0 pts_time:{at_s}")
        readings.read(f"lavfi.blur={luma / 50}")
        readings.read(f"lavfi.signalstats.YAVG={luma}")
        readings.read("lavfi.signalstats.YDIF=7")
    for _ in range(5):
        brightness.add(np.full((6, 4), 128, np.uint8))
    picture = readings.picture(DecoderLog(), brightness)
    assert picture.luma_avg == (100, 100, 200, 200, 200)
    assert picture.blur == (2, 2, 4, 4, 4)
    assert picture.motion == (7, 0, 7, 0, 0)
    assert picture.bright_share == (0,) * 5


def test_only_bright_and_nearly_neutral_pixels_tell_what_white_is():
    planes = np.array([[255, 200, 255, 90], [138, 130, 240, 128], [128, 124, 128, 60]], np.uint8)
    brightness = Brightness()
    brightness.add(planes)
    assert brightness.series(first=1) == {
        "bright_share": (None, 0.5),
        "bright_u": (None, 134.0),
        "bright_v": (None, 126.0),
    }


@pytest.mark.parametrize(("change", "alike"), [("polish", True), ("word", False), ("size", False)])
def test_a_slide_that_was_encoded_once_more_is_alike_one_with_a_word_more_is_not(change, alike):
    slide = np.full((90, 160), 200, np.uint8)
    other = slide[:-2].copy() if change == "size" else slide.copy()
    if change == "polish":
        other[::3, ::5] += 20
    if change == "word":
        other[40:48, 40:60:4] = 20
    assert is_alike(slide, other) is alike


def test_the_module_with_the_known_hole_is_never_imported():
    """ffmpeg-python brings `future`; CVE-2025-50817 sits in its `standard_library`."""
    assert "media_pipeline.opening.ffmpeg" in sys.modules
    assert not [name for name in sys.modules if name.startswith("future.standard_library")]
