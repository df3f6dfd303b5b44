"""The time line of an instrument: lanes in percent, what replaces what, and versions without dates."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from catalog.models import InstrumentVersion
from cms.law.lineage import lineage
from cms.pictures.version_line import Text, version_line
from tests import makers

TODAY = date(2026, 7, 2)
OLD = Text(date(2015, 1, 1), date(2016, 1, 1), date(2026, 1, 1))
NEW = Text(None, date(2026, 1, 1), None)


def test_a_text_is_drawn_from_publishing_over_taking_effect_to_its_end():
    line = version_line([OLD, NEW], [(0, 1, False)], today=TODAY)
    old, new = line.lanes
    year = round(100 / 13, 1)  # 2015 to 2027
    assert [round(x, 1) for x in (old.wait_x, old.wait_width, old.bar_x, old.bar_width)] == [
        0,
        year,
        year,
        pytest.approx(10 * year, abs=0.3),
    ]
    assert (old.is_open, new.is_open, new.bar_x + new.bar_width) == (False, True, 100)
    assert new.wait_width == 0
    assert new.bar_x < line.today_x < 100
    [link] = line.links
    assert (link.x, link.older, link.newer) == (new.bar_x, 0, 1)
    assert link.begins < link.ends


def test_a_text_without_dates_has_a_lane_but_no_bar_and_no_arrow_leads_to_it():
    line = version_line([OLD, Text(None, None, None)], [(0, 1, True)], today=TODAY)
    assert (line.lanes[1].is_dated, line.links) == (False, [])


@pytest.mark.parametrize("first", [1949, 2015, 2025])
def test_a_handful_of_years_is_named_however_old_the_law(first):
    line = version_line([Text(date(first, 5, 1), None, None)], [], today=TODAY)
    assert 3 <= len(line.years) <= 6
    assert line.years[0] == (0, first)


@pytest.mark.django_db
def test_versions_of_other_instruments_stand_in_the_line_with_what_they_replace(client):
    old, new = makers.make_versions(effective=date(2026, 6, 1))
    InstrumentVersion.objects.filter(pk=old.pk).update(effective=date(2010, 7, 1))
    _, heir = makers.make_versions(effective=date(2027, 1, 1))
    heir.predecessions.update(older=new, partial=True)
    versions = old.instrument.versions.prefetch_related("successions__newer", "predecessions__older")
    drawn = lineage(old.instrument, versions, today=TODAY)
    assert [(row.version, row.is_own) for row in drawn.rows] == [(old, True), (new, True), (heir, False)]
    assert [told for _, told in drawn.links] == [f"{new} 代替 {old}", f"{heir} 部分代替 {new}"]
    client.force_login(makers.make_user(Role.REVIEWER))
    page = client.get(reverse("cms:instrument", args=[old.instrument_id])).content.decode()
    assert f"{new} 代替 {old}" in page and "law-link--part" in page
