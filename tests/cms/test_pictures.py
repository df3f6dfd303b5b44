"""What the pictures say, checked on numbers alone."""

import pytest

from cms.pictures import loudness, sync_curve, timeline
from cms.pictures.timeline import Band, Lane, Range


@pytest.mark.parametrize(
    ("duration_s", "labels"),
    [
        (0.4, ["0:00"]),
        (8, ["0:00", "0:02", "0:04", "0:06", "0:08"]),
        (51 * 60, ["0:00", "10:00", "20:00", "30:00", "40:00", "50:00"]),
        (7200, ["0:00", "20:00", "40:00", "1:00:00", "1:20:00", "1:40:00", "2:00:00"]),
    ],
)
def test_the_axis_is_labelled_at_round_times_that_fit_on_a_phone(duration_s, labels):
    assert [tick.label for tick in timeline.ticks(duration_s) if not tick.minor] == labels


@pytest.mark.parametrize("duration_s", [0, 1, 8, 3000, 7200, 86_400, 1e9])
def test_the_axis_never_has_more_than_thirteen_ticks(duration_s):
    ticks = timeline.ticks(duration_s)
    assert len(ticks) <= 2 * timeline.LABELLED_TICKS + 1
    assert all(0 <= tick.x <= 100 for tick in ticks)


def test_labels_at_the_ends_stay_inside_the_picture():
    assert [tick.anchor for tick in timeline.ticks(8)] == ["start", *["middle"] * 7, "end"]


def test_each_kind_of_finding_has_a_lane_with_its_ranges_as_shares_of_the_width():
    black, silence = Range(10, 22, "黑屏 12 秒"), Range(50, 65)
    assert timeline.lanes(60, [("黑屏", "bad", [black]), ("静音", "warn", [silence])]) == (
        Lane(0, "黑屏", "bad", (Band(16.667, 20.0, black),)),
        Lane(timeline.LANE_HEIGHT, "静音", "warn", (Band(83.333, 16.667, silence),)),
    )


@pytest.mark.parametrize(("stretch", "text"), [(Range(62, 74), "1:02–1:14"), (Range(5.1, 5.4), "0:05")])
def test_a_range_is_read_as_two_times_or_as_one_when_both_are_the_same(stretch, text):
    assert stretch.text == text


def test_the_loudness_curve_breaks_off_where_there_is_no_sound():
    picture = loudness.draw([-20.0, -30.0, None, -90.0], duration_s=4, allowed=None)
    assert picture.band is None
    assert picture.path == "M125 33.3 L375 50 M875 100"


def test_the_allowed_band_lies_between_its_two_limits():
    picture = loudness.draw([], duration_s=0, allowed=(-30, -15))
    assert (picture.path, picture.band) == ("", loudness.Band(25.0, 25.0, "−30 … −15 LUFS"))


def test_a_long_curve_is_thinned_but_keeps_its_loudest_and_quietest_second():
    series = [-23.0] * 7200
    series[4000], series[5000] = -3.0, -55.0
    points = dict(loudness.thinned(series))
    assert len(points) <= 2 * loudness.MOST_COLUMNS
    assert (points[4000], points[5000]) == (-3.0, -55.0)


def test_a_curve_that_fits_on_the_screen_keeps_every_second():
    assert list(loudness.thinned([-20.0, None, -21.0])) == [(0, -20.0), (1, None), (2, -21.0)]


def test_the_curve_of_lips_and_voice_shows_its_peak_over_the_null_and_what_is_allowed():
    picture = sync_curve.draw([0.0, 1.0, 0.0, 9.0, 0.0], 3.0, allowed_ms=(-100, 200))
    assert (picture.zero_x, picture.peak_x, picture.band_x, picture.band_width) == (50, 75, 45, 15)
    assert picture.path.startswith("M0.0 ")
    assert picture.path.count("L") == 4
    assert "的 3.0 倍" in picture.text
    assert "机器说不准" in sync_curve.draw([0.0, 2.0, 0.0], 3.0, allowed_ms=(-100, 200)).text
    assert sync_curve.draw([], 3.0, allowed_ms=(-100, 200)) is None
