import datetime as dt

import pytest

from catalog.deadlines import (
    Deadline,
    DueState,
    NoDeadline,
    add_months,
    days_left,
    is_overdue,
    knowledge_due,
    state_on,
    update_due,
)
from catalog.kinds import InstrumentKind

DAY = dt.date.fromisoformat
THREE_MONTHS = ("technical_standard", "new_knowledge")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-06-01", 2, "2026-08-01"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-02-29", 2, "2024-04-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-03-31", 3, "2026-06-30"),
        ("2026-10-01", 3, "2027-01-01"),
        ("2026-12-15", 2, "2027-02-15"),
    ],
)
def test_months_are_added_once_and_clamped_to_the_end_of_the_month(day, months, expected):
    assert add_months(DAY(day), months) == DAY(expected)


@pytest.mark.parametrize("kind", [kind for kind in InstrumentKind if kind not in THREE_MONTHS])
def test_everything_but_a_standard_is_due_two_months_after_it_takes_effect(kind):
    deadline = update_due(kind, published=DAY("2025-12-19"), effective=DAY("2026-06-01"))
    assert deadline == Deadline(DAY("2026-06-01"), 2, DAY("2026-08-01"))


def test_a_standard_is_due_three_months_after_publication_even_before_it_takes_effect():
    deadline = update_due("technical_standard", published=DAY("2026-07-20"), effective=DAY("2027-02-01"))
    assert deadline == Deadline(DAY("2026-07-20"), 3, DAY("2026-10-20"))


def test_a_standard_of_unknown_publication_has_no_date_but_a_reason():
    deadline = update_due("technical_standard", published=None, effective=DAY("2027-02-01"))
    assert deadline == NoDeadline("发布日期不明，无法计算 3 个月的更新期限，请查明后补录发布日期。")


def test_a_law_of_unknown_effect_has_no_date_but_a_reason():
    deadline = update_due("law", published=DAY("2026-05-28"), effective=None)
    assert deadline == NoDeadline("施行日期不明，无法计算 2 个月的更新期限，请查明后补录施行日期。")


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="标准"):
        update_due("标准", published=None, effective=None)


def test_new_knowledge_is_due_three_months_after_it_was_recorded():
    deadline = Deadline(DAY("2026-11-30"), 3, DAY("2027-02-28"))
    assert knowledge_due(DAY("2026-11-30")) == deadline
    assert update_due("new_knowledge", published=DAY("2026-11-30"), effective=DAY("2026-12-30")) == deadline
    unknown = update_due("new_knowledge", published=None, effective=DAY("2026-12-30"))
    assert "登记日期不明" in unknown.reason


@pytest.mark.parametrize(
    ("instant", "overdue"),
    [
        ("2026-08-01T23:59:59+08:00", False),
        ("2026-08-02T00:00:00+08:00", True),
        ("2026-08-01T15:59:59+00:00", False),
        ("2026-08-01T16:00:00+00:00", True),
    ],
)
def test_the_last_day_ends_at_midnight_in_shanghai_wherever_the_clock_stands(instant, overdue):
    assert is_overdue(DAY("2026-08-01"), dt.datetime.fromisoformat(instant)) is overdue


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        is_overdue(DAY("2026-08-01"), dt.datetime(2026, 8, 1))


@pytest.mark.parametrize(
    ("today", "left", "state"),
    [
        ("2026-07-01", 31, DueState.OPEN),
        ("2026-07-02", 30, DueState.DUE_SOON),
        ("2026-08-01", 0, DueState.DUE_SOON),
        ("2026-08-02", -1, DueState.OVERDUE),
    ],
)
def test_the_state_follows_the_days_that_are_left(today, left, state):
    due = DAY("2026-08-01")
    assert (days_left(due, DAY(today)), state_on(due, DAY(today))) == (left, state)
