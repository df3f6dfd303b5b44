import datetime as dt

import pytest
from django.db import IntegrityError

from catalog.loading import load_instruments
from catalog.models import Instrument, InstrumentAlias, InstrumentVersion, Succession

DAY = dt.date.fromisoformat
pytestmark = pytest.mark.django_db


def version(slug, **dates):
    instrument, _ = Instrument.objects.get_or_create(slug="law", defaults={"title": "某法", "kind": "law"})
    return InstrumentVersion.objects.create(
        instrument=instrument, slug=slug, title="某法", **{name: DAY(day) for name, day in dates.items()}
    )


def test_the_file_loads_once_and_a_second_time_changes_nothing():
    assert load_instruments() == {"created": 69, "overwritten": 0, "kept": 0}
    InstrumentVersion.objects.filter(slug="std-gb9448-2025").update(published=DAY("2025-10-31"))
    assert load_instruments() == {"created": 0, "overwritten": 0, "kept": 69}
    assert InstrumentVersion.objects.get(slug="std-gb9448-2025").published == DAY("2025-10-31")
    assert (Instrument.objects.count(), Succession.objects.count()) == (65, 6)
    assert InstrumentAlias.objects.get(name="GB 2893-2008").instrument.slug == "std-gb2894"


def test_versions_that_succeed_each_other_are_one_instrument():
    load_instruments()
    wholly = Succession.objects.filter(partial=False).select_related("older", "newer")
    assert {s.newer.slug for s in wholly if s.older.instrument_id == s.newer.instrument_id} == {
        "reg-coalmine-2024",
        "rule-special-ops-19",
        "std-gb9448-2025",
        "std-gbt13869-2026",
    }
    assert wholly.count() == 4


def test_a_partly_replaced_regulation_knows_its_successor_and_stays_in_force():
    load_instruments()
    old = InstrumentVersion.objects.get(slug="reg-hazchem-591")
    assert [newer.slug for newer in old.replaced_by.all()] == ["law-hazchem-2025"]
    assert old.in_force_on(DAY("2026-11-23"))


@pytest.mark.parametrize(
    ("day", "in_force"),
    [("2026-05-31", {"old"}), ("2026-06-01", {"new"}), ("2010-06-30", set()), ("2026-11-23", {"new"})],
)
def test_on_every_day_the_query_and_the_version_agree_on_what_is_in_force(day, in_force):
    rows = [
        version("old", effective="2010-07-01", expires="2026-06-01"),
        version("new", effective="2026-06-01"),
    ]
    rows += [version("upcoming", effective="2027-02-01"), version("undated")]
    assert {row.slug for row in rows if row.in_force_on(DAY(day))} == in_force
    assert {row.slug for row in InstrumentVersion.objects.in_force_on(DAY(day))} == in_force


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"effective": "2026-11-23"}, "现行有效"),
        ({"effective": "2026-11-24"}, "尚未生效"),
        ({"effective": "2010-01-01", "expires": "2026-11-23"}, "已失效"),
        ({"published": "2026-05-28"}, "生效日期不明"),
        ({"expires": "2026-08-01"}, "已失效"),
    ],
)
def test_the_state_of_a_version_on_a_day(dates, state):
    assert version("one", **dates).state_on(DAY("2026-11-23")).label == state


@pytest.mark.parametrize(
    "dates",
    [
        {"published": "2026-06-02", "effective": "2026-06-01"},
        {"effective": "2026-06-01", "expires": "2026-06-01"},
    ],
)
def test_dates_in_the_wrong_order_are_refused_by_the_database(dates):
    with pytest.raises(IntegrityError):
        version("wrong", **dates)
