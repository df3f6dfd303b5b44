"""At which days people are reminded, around every step."""

from datetime import date, timedelta

import pytest

from catalog.reminding import Step, step_on

DUE = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("days_left", "step"),
    [
        (31, None),
        (30, Step.IN_30_DAYS),
        (15, Step.IN_30_DAYS),
        (14, Step.IN_14_DAYS),
        (8, Step.IN_14_DAYS),
        (7, Step.IN_7_DAYS),
        (2, Step.IN_7_DAYS),
        (1, Step.IN_1_DAY),
        (0, Step.IN_1_DAY),
        (-1, Step.OVERDUE),
        (-6, Step.OVERDUE),
        (-7, Step.ESCALATED),
        (-90, Step.ESCALATED),
    ],
)
def test_the_most_urgent_step_reached_counts(days_left, step):
    assert step_on(DUE, DUE - timedelta(days=days_left)) is step
