"""Which changed text makes which course due, by when, and how the board draws it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from cms.law.board import notice_rows, undated_versions
from cms.law.notices import open_notices
from cms.models import Course, CourseCitation, UpdateNotice
from cms.pictures.law_timeline import Bar, timeline
from tests import makers

PAGE = "/admin/law/"


def rows_today():
    return notice_rows(timezone.localdate())


@pytest.mark.django_db
def test_notices_come_overdue_first_then_by_date_then_undated():
    for days_left in (40, -3, 12):
        makers.make_due_release(days_left=days_left)
    old, _ = makers.make_versions()
    makers.make_released_course(cites=(old,))
    open_notices(timezone.localdate())
    assert [(row.state, row.days_left) for row in rows_today()] == [
        ("overdue", -3),
        ("due_soon", 12),
        ("open", 40),
        ("open", None),
    ]


@pytest.mark.django_db
def test_a_new_release_that_cites_the_new_text_closes_the_notice():
    release = makers.make_due_release(days_left=5)
    course = Course.objects.get(pk=release.course_id)
    author = course.created_by
    draft = course.get_latest_revision_as_object()
    draft.citations = [CourseCitation(version=course.notices.get().version)]
    draft.save_revision(user=author)
    second = makers.release(course, by=author)
    [row] = rows_today()
    assert (row.state, row.notice.closed_release, row.notice.closed_by) == (
        "closed",
        second,
        second.approved_by,
    )


@pytest.mark.django_db
def test_a_date_recorded_later_gives_the_notice_its_deadline():
    old, new = makers.make_versions()
    makers.make_released_course(cites=(old,))
    today = timezone.localdate()
    open_notices(today)
    [undated] = rows_today()
    assert (undated.notice.due, undated_versions(UpdateNotice.objects.all())) == (None, [(new, 1)])
    new.effective = date(2026, 6, 1)
    new.save()
    assert open_notices(today) == 0
    [dated] = rows_today()
    assert (dated.notice.base_date, dated.notice.due) == (date(2026, 6, 1), date(2026, 8, 1))
    assert "不明" not in dated.notice.reason


@pytest.mark.django_db
def test_only_the_replaced_text_that_the_course_cites_is_shown():
    release = makers.make_due_release(days_left=5)
    notice = UpdateNotice.objects.get()
    other, _ = makers.make_versions()
    notice.version.replaces.add(other)
    [row] = rows_today()
    assert [text.slug for text in row.older] == [release.manifest["citations"][0]["version"]]


@pytest.mark.django_db
def test_the_board_shows_the_deadline_with_the_days_and_asks_for_missing_dates(client):
    makers.make_due_release(days_left=-114)
    old, _ = makers.make_versions()
    makers.make_released_course(cites=(old,))
    today = timezone.localdate()
    open_notices(today)
    client.force_login(makers.make_user(Role.ADMIN))
    page = client.get(PAGE).content.decode()
    due = today - timedelta(days=114)
    assert f"{due.year}年{due.month}月{due.day}日" in page
    assert "（已逾期 114 天）" in page
    assert "补录日期" in page


@pytest.mark.django_db
def test_an_empty_board_says_what_it_is_for(client):
    client.force_login(makers.make_user(Role.ADMIN))
    assert "现在没有要更新的课程" in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_the_board_costs_the_same_at_one_and_three_notices(client, django_assert_max_num_queries):
    client.force_login(makers.make_user(Role.ADMIN))

    def queries():
        with django_assert_max_num_queries(40) as captured:
            client.get(PAGE)
        return len(captured)

    makers.make_due_release(days_left=5)
    client.get(PAGE)
    few = queries()
    makers.make_due_release(days_left=-5)
    makers.make_due_release(days_left=50)
    assert queries() == few


def test_a_bar_runs_from_the_base_date_to_the_due_date_and_on_to_today_when_late():
    spans = [(date(2026, 6, 1), date(2026, 8, 1)), (date(2026, 8, 1), date(2026, 10, 1))]
    drawn = timeline(spans, today=date(2026, 9, 1))
    assert [(month.number, month.year) for month in drawn.months] == [
        (6, 2026),
        (7, None),
        (8, None),
        (9, None),
        (10, None),
    ]
    assert drawn.today_x == 60.13
    assert drawn.bars == [Bar(0.0, 39.87, 39.87, 20.26), Bar(39.87, 39.87, 79.74, 0.0)]


def test_what_began_long_ago_starts_at_the_left_edge():
    drawn = timeline([(date(2010, 1, 1), date(2010, 3, 1))], today=date(2026, 9, 1))
    assert (drawn.months[0].number, drawn.months[0].year) == (3, 2026)
    assert drawn.bars == [Bar(0.0, 0.0, 0.0, drawn.today_x)]


def test_a_long_axis_names_every_second_month_only():
    drawn = timeline([(date(2026, 9, 1), date(2027, 8, 1))], today=date(2026, 9, 1))
    assert [(month.number, month.year) for month in drawn.months] == [
        (8, 2026),
        (10, None),
        (12, None),
        (2, None),
        (4, None),
        (6, None),
        (8, None),
    ]
