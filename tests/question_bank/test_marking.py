"""Sixty seconds, all or nothing, and a mark that is never rounded."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from question_bank.papers.marking import (
    GRACE_S,
    attempts_left,
    is_in_time,
    is_right,
    mark,
    seconds_left,
    show_mark,
)

ASKED = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "left", "counts"),
    [
        (0, 60, True),
        (0.5, 60, True),
        (1, 59, True),
        (60, 0, True),
        (60 + GRACE_S, 0, True),
        (60 + GRACE_S + 0.001, 0, False),
        (86400, 0, False),
        (-5, 60, True),
    ],
)
def test_the_sixty_first_second_counts_only_within_the_grace(after, left, counts):
    now = ASKED + timedelta(seconds=after)
    assert (seconds_left(ASKED, now), is_in_time(ASKED, now)) == (left, counts)


@pytest.mark.parametrize(
    ("key", "given", "right"),
    [("A", "A", True), ("AB", "BA", True), ("AB", "A", False), ("AB", "ABC", False), ("F", "", False)],
)
def test_an_answer_is_wholly_right_or_wrong(key, given, right):
    assert is_right(list(key), list(given)) is right


@pytest.mark.parametrize(
    ("correct", "total", "shown"),
    [(4, 5, "80"), (2, 3, "66 又 2/3"), (0, 7, "0"), (0, 0, "0"), (7, 7, "100")],
)
def test_a_mark_is_exact(correct, total, shown):
    assert show_mark(mark(correct, total)) == shown
    assert mark(2, 3) == Fraction(200, 3)


def test_there_is_no_sixth_attempt():
    assert [attempts_left(used) for used in (0, 4, 5, 6)] == [5, 1, 0, 0]
