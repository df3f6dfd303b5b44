"""When people are reminded of a deadline. These days are ours; deadlines are in `catalog.deadlines`."""

import datetime
from enum import IntEnum

from catalog.deadlines import days_left

ESCALATED_AFTER_DAYS = 7  # overdue for so long, the matter goes to those above and beside


class Step(IntEnum):
    """The value is the number of days left from which the step holds."""

    IN_30_DAYS = 30
    IN_14_DAYS = 14
    IN_7_DAYS = 7
    IN_1_DAY = 1
    OVERDUE = -1
    ESCALATED = -ESCALATED_AFTER_DAYS

    @property
    def label(self) -> str:
        if self is Step.ESCALATED:
            return f"已逾期 {ESCALATED_AFTER_DAYS} 天以上，上报"
        return "已逾期" if self is Step.OVERDUE else f"还剩 {self.value} 天以内"


def step_on(due: datetime.date, today: datetime.date) -> Step | None:
    """The most urgent step reached; those passed unseen during a standstill are not made up for."""
    left = days_left(due, today)
    return min((step for step in Step if left <= step), default=None)
