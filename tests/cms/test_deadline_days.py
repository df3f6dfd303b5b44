"""`regulation_status --today` on the days around a deadline: a law has two months, a standard three."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.law.notices import open_notices
from cms.models import UpdateNotice
from tests import makers

pytestmark = pytest.mark.django_db

LAW, STANDARD = "departmental_rule", "technical_standard"
BASES = [  # kind, the dates of the new text, from when it counts, its last day
    (LAW, {"published": "2026-01-20", "effective": "2026-03-01"}, "2026-03-01", "2026-05-01"),
    (LAW, {"published": "2026-01-20", "effective": "2026-12-31"}, "2026-12-31", "2027-02-28"),
    (LAW, {"published": None, "effective": "2027-12-30"}, "2027-12-30", "2028-02-29"),
    (STANDARD, {"published": "2026-03-01", "effective": "2026-09-01"}, "2026-03-01", "2026-06-01"),
    (STANDARD, {"published": "2026-11-30", "effective": None}, "2026-11-30", "2027-02-28"),
]
TABLE = [  # days left, state, exit status
    (31, "open", 0),
    (30, "due_soon", 0),
    (14, "due_soon", 0),
    (7, "due_soon", 0),
    (1, "due_soon", 0),
    (0, "due_soon", 0),
    (-1, "overdue", 1),
    (-7, "overdue", 1),
]


def status(capsys, today):
    """Exit status and the whole document of that day."""
    code = 0
    try:
        call_command("regulation_status", "--today", today.isoformat(), "--json")
    except SystemExit as exit_:
        code = exit_.code
    return code, json.loads(capsys.readouterr().out)


def make_change(kind, dates):
    """A published course citing the old text; returns what each day tells of it besides state and days."""
    days = {name: text and date.fromisoformat(text) for name, text in dates.items()}
    old, new = makers.make_versions(kind, **days)
    release = makers.make_released_course(cites=(old,))
    return {
        "course": release.course_id,
        "title": release.title,
        "instrument": new.instrument.slug,
        "version": new.slug,
        "reason": f"课程引用的《{old.title}》（第30号）已由第19号代替",
    }


@pytest.mark.parametrize("is_swept", [True, False], ids=["swept", "not yet swept"])
@pytest.mark.parametrize(("kind", "dates", "base", "due"), BASES)
def test_each_day_has_its_state_its_days_and_its_exit_status(kind, dates, base, due, is_swept, capsys):
    told = make_change(kind, dates) | {"base_date": base, "due": due}
    opens, last = date.fromisoformat(base), date.fromisoformat(due)
    if is_swept:
        assert open_notices(opens) == 1
    table = [((last - opens).days, "open", 0), *TABLE]
    for left, state, code in table:
        today = last - timedelta(days=left)
        expected = {"today": today.isoformat(), "notices": [told | {"state": state, "days_left": left}]}
        assert status(capsys, today) == (code, expected)
    before = opens - timedelta(days=1)
    assert status(capsys, before) == (0, {"today": before.isoformat(), "notices": []})
    assert UpdateNotice.objects.count() == is_swept


@pytest.mark.parametrize(("closed_after", "before"), [(-1, ("due_soon", 0)), (2, ("overdue", 1))])
def test_a_closed_notice_is_closed_from_its_day_on_and_asks_for_nothing(closed_after, before, capsys):
    kind, dates, base, due = BASES[0]
    told = make_change(kind, dates) | {"base_date": base, "due": due}
    last = date.fromisoformat(due)
    day = last + timedelta(days=closed_after)
    open_notices(last)
    release = UpdateNotice.objects.get().course.releases.get()
    by = {"closed_by": release.approved_by, "closed_release": release}
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    UpdateNotice.objects.update(closed_at=noon, **by)
    days = [(day - timedelta(days=1), *before)]
    days += [(day, "closed", 0), (day + timedelta(days=90), "closed", 0)]
    for today, state, code in days:
        row = told | {"state": state, "days_left": (last - today).days}
        assert status(capsys, today) == (code, {"today": today.isoformat(), "notices": [row]})


def test_the_last_day_ends_at_midnight_in_shanghai(capsys):
    make_change(*BASES[0][:2])
    open_notices(date(2026, 5, 1))
    midnight = timezone.make_aware(datetime(2026, 5, 2))
    release = UpdateNotice.objects.get().course.releases.get()
    by = {"closed_by": release.approved_by, "closed_release": release}
    UpdateNotice.objects.update(closed_at=midnight - timedelta(seconds=1), **by)
    assert status(capsys, date(2026, 5, 1))[0] == 0
    assert status(capsys, date(2026, 5, 1))[1]["notices"][0]["state"] == "closed"
    UpdateNotice.objects.update(closed_at=midnight)
    assert status(capsys, date(2026, 5, 1))[1]["notices"][0]["state"] == "due_soon"
    assert status(capsys, date(2026, 5, 2))[1]["notices"][0]["state"] == "closed"


def test_a_date_unknown_is_never_replaced_by_the_other_one(capsys):
    make_change(LAW, {"published": "2026-03-01"})
    make_change(STANDARD, {"effective": "2026-03-01"})
    asked = ["施行日期不明", "发布日期不明"]
    for today in (date(2026, 2, 1), date(2027, 2, 1)):
        code, report = status(capsys, today)
        found = [
            (row["state"], row["base_date"], row["due"], row["days_left"], row["reason"].split("；")[1][:6])
            for row in report["notices"]
        ]
        assert (code, found) == (0, [("open", None, None, None, missing) for missing in asked])
