"""Which qualities and thumbnails a picture of which size gets."""

import pytest

from media_pipeline.renditions.ladder import targets
from media_pipeline.renditions.storyboard import Storyboard, storyboard


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3840, 2160, 1.0, 0), {"low": (640, 360), "mid": (852, 480), "high": (1280, 720)}),
        ((1920, 1080, 1.0, 90), {"low": (360, 640), "mid": (480, 852), "high": (720, 1280)}),
        ((1280, 720, 1.0, 180), {"low": (640, 360), "mid": (852, 480), "high": (1280, 720)}),
        ((1024, 768, 1.0, 0), {"low": (480, 360), "mid": (640, 480), "high": (960, 720)}),
        ((720, 576, 1.4222, 0), {"low": (640, 360), "mid": (852, 480)}),
        ((1278, 719, 1.0, 0), {"low": (640, 360), "mid": (852, 480)}),
        ((321, 241, 1.0, 0), {"low": (320, 240)}),
        ((1, 1, 1.0, 0), {"low": (2, 2)}),
    ],
)
def test_a_quality_is_made_where_the_picture_has_its_lines(size, expected):
    width, height, pixel_aspect, rotation = size
    found = targets(width, height, pixel_aspect=pixel_aspect, rotation=rotation)
    assert {each.quality.kind: (each.width, each.height) for each in found} == expected


@pytest.mark.parametrize(
    ("duration_s", "size", "expected", "sheets"),
    [
        (3.2, (1280, 720), Storyboard(1, 4, 160, 90), 1),
        (0.1, (1280, 720), Storyboard(1, 1, 160, 90), 1),
        (100, (360, 640), Storyboard(1, 100, 90, 160), 1),
        (300, (640, 360), Storyboard(1, 300, 160, 90), 3),
        (3600, (640, 360), Storyboard(12, 300, 160, 90), 3),
        (5, (100, 60), Storyboard(1, 5, 100, 60), 1),
    ],
)
def test_thumbnails_come_at_even_steps_and_never_more_than_three_sheets(duration_s, size, expected, sheets):
    found = storyboard(duration_s, width=size[0], height=size[1])
    assert (found, found.sheets) == (expected, sheets)
