"""Turned slides, read from what the one decode measured."""

from dataclasses import replace

import pytest

from media_pipeline.facts import Span
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.measuring.inspection import inspect_file
from media_pipeline.slides import slide_changes
from tests.media_pipeline.clips import room, slides


def test_every_turned_slide_is_found_at_its_second_and_a_camera_has_none(clips):
    lecture = inspect_file(clips.lecture(picture=slides(14)))
    assert slide_changes(lecture, DEFAULT_PROFILE) == pytest.approx([4, 8, 12], abs=1)
    assert slide_changes(inspect_file(clips.lecture(picture=room())), DEFAULT_PROFILE) == []
    assert slide_changes(replace(lecture, picture=None), DEFAULT_PROFILE) == []
    dark = replace(lecture.picture, black=(Span(8.5, 9.5),))
    assert 8 not in slide_changes(replace(lecture, picture=dark), DEFAULT_PROFILE)


@pytest.mark.parametrize(
    ("motion", "found"),
    [
        ([None, 0, 0, 9, 0, 0, 0], [3]),
        ([None, 0, 0, 0, 0, 0, 9], [6]),
        ([None, 9, 0, 0, 0, 0, 0], [1]),
        ([None, 0, 0, 0.3, 0, 0, 0], []),
        ([None, 0, 0, 0, 0, 0, 0, 0, 5, 6, 5, 6, 5], []),
        ([None, 0.6, 0.6, 2.2, 0.6, 0.6, 0.6, 5, 0.6], [7]),
    ],
    ids=[
        "a slide",
        "at the end",
        "at the start",
        "a line of text",
        "a film in a slide",
        "a head in the corner",
    ],
)
def test_a_slide_is_one_step_between_two_rests(clips, motion, found):
    facts = inspect_file(clips.lecture())
    facts = replace(facts, picture=replace(facts.picture, motion=tuple(motion)))
    assert slide_changes(facts, DEFAULT_PROFILE) == found
