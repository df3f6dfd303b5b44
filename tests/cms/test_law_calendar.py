"""Months with due dates, the burn-down, private calendars and the report for the authority."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.roles import Role
from cms.law import closing
from cms.law.board import BoardFilter
from cms.law.feeds import new_feed
from cms.models import UpdateNotice
from cms.pictures.burn_down import burn_down
from cms.pictures.month_sheets import sheets
from cms.selections import select_release
from tests import makers

TODAY = timezone.localdate()
CALENDAR, BOARD = "/admin/law/calendar/", "/admin/law/"


def test_a_month_has_its_weeks_from_monday_with_what_is_due():
    [sheet] = sheets({date(2028, 2, 29): 3}, first=date(2028, 2, 1), months=1, today=date(2028, 3, 1))
    assert [week[0] and week[0].day.day for week in sheet.weeks] == [None, 7, 14, 21, 28]
    last = sheet.weeks[-1][1]
    assert (last.day, last.due, last.is_late, sheet.due) == (date(2028, 2, 29), 3, True, 3)


def test_months_go_on_over_the_year():
    found = sheets({}, first=date(2026, 11, 1), months=3, today=date(2026, 11, 25))
    assert [sheet.first for sheet in found] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_the_burn_down_counts_what_was_open_and_what_was_late_at_the_end_of_each_week():
    today = date(2026, 11, 25)
    drawn = burn_down(
        opened=[(today - timedelta(weeks=3), 4)],
        closed=[(today - timedelta(weeks=1), 1), (today, 1)],
        late_from=[(today - timedelta(weeks=2), 2)],
        late_until=[(today - timedelta(weeks=1), 1)],
        today=today,
    )
    assert [(point.open, point.late) for point in drawn.points[-5:]] == [
        (0, 0),
        (4, 0),
        (4, 2),
        (3, 1),
        (2, 1),
    ]
    assert (drawn.most, drawn.points[-4].open_y, drawn.points[-1].x) == (4, 10.0, 100.0)


@pytest.mark.django_db
def test_the_calendar_leads_from_a_day_to_its_notices(client):
    makers.make_due_release(days_left=5, title="五天后")
    due = TODAY + timedelta(days=5)
    client.force_login(makers.make_user(Role.ADMIN))
    page = client.get(CALENDAR).content.decode()
    assert f"?due={due.isoformat()}" in page
    assert "五天后" in client.get(f"{BOARD}?due={due.isoformat()}").content.decode()
    assert "没有符合条件" in client.get(f"{BOARD}?due={TODAY.isoformat()}").content.decode()


@pytest.mark.django_db
def test_the_board_is_filtered_by_state_item_author_and_institution():
    author = makers.make_user(Role.AUTHOR)
    makers.make_due_release(days_left=-3, by=author, title="甲")
    makers.make_due_release(days_left=3, item="so-elec-hv", title="乙")
    mine = UpdateNotice.objects.get(course__created_by=author).course

    def shown(**query):
        found = BoardFilter.from_query(query).apply(UpdateNotice.objects.all(), TODAY)
        return [notice.course.title for notice in found.select_related("course")]

    assert shown() == ["甲", "乙"]
    assert shown(state="overdue") == ["甲"]
    assert shown(state="due_soon") == ["乙"]
    assert shown(state="closed") == []
    assert shown(item="so-elec-hv") == ["乙"]
    assert shown(author=str(author.pk)) == ["甲"]
    assert shown(institution=str(mine.institution_id)) == ["甲"]
    assert shown(month=f"{TODAY - timedelta(days=3):%Y-%m}")[0] == "甲"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["state=x", "item=%00", "author=abc", "institution=99999999999", "due=x", "month=2026-99", "p=x"]
)
def test_a_strange_question_is_answered_with_a_page(client, query):
    client.force_login(makers.make_user(Role.ADMIN))
    assert [client.get(f"{page}?{query}").status_code for page in (BOARD, CALENDAR)] == [200, 200]


@pytest.mark.django_db
def test_the_board_and_the_calendar_show_a_page_of_rows_with_a_fixed_number_of_queries(
    client, django_assert_max_num_queries
):
    client.force_login(makers.make_user(Role.ADMIN))

    def queries(page):
        with django_assert_max_num_queries(60) as captured:
            client.get(page)
        return len(captured)

    makers.make_due_release(days_left=5)
    client.get(BOARD)
    few = [queries(BOARD), queries(CALENDAR)]
    for days_left in (-5, 50):
        makers.make_due_release(days_left=days_left)
    assert [queries(BOARD), queries(CALENDAR)] == few


@pytest.mark.django_db
def test_pages_of_the_law_are_for_admins_and_reviewers(client):
    makers.make_due_release(days_left=5)
    client.force_login(makers.make_user(Role.AUTHOR))
    pages = (BOARD, CALENDAR, reverse("cms:law_report"))
    assert {client.get(page).status_code for page in pages} <= {302, 403}


def entries(body):
    return [(str(event["summary"]), event["dtstart"].dt) for event in Calendar.from_ical(body).walk("VEVENT")]


@pytest.mark.django_db
def test_a_private_address_shows_what_its_person_may_see_and_can_be_revoked(client):
    author = makers.make_user(Role.AUTHOR)
    makers.make_due_release(days_left=5, by=author)
    makers.make_due_release(days_left=9)
    due = TODAY + timedelta(days=5)
    address = reverse("site:calendar", args=[new_feed(author)])
    [(summary, starts)] = entries(client.get(address).content)
    assert (summary.startswith("1 门课程更新截止：规定"), starts) == (True, due)
    new_feed(author)
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_address_is_shown_once_and_ended_with_a_button_or_with_the_account(client):
    school = makers.make_user(Role.INSTITUTION)
    select_release(makers.make_due_release(days_left=5), by=school)
    client.force_login(school)
    page = client.post(reverse("site:subscribe")).content.decode()
    address = page.partition('readonly value="')[2].partition('"')[0].partition("8000")[2]
    assert address not in client.get(reverse("site:subscription")).content.decode()
    client.logout()
    assert len(entries(client.get(address).content)) == 1
    school.is_active = False
    school.save()
    assert client.get(address).status_code == 404
    school.is_active = True
    school.save()
    client.force_login(school)
    client.post(reverse("site:unsubscribe"))
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_courses_due_on_one_day_by_one_text_are_one_entry(client):
    makers.make_due_release(days_left=5)
    first = UpdateNotice.objects.get()
    other = makers.make_released_course()
    UpdateNotice.objects.create(
        course=other.course, version=first.version, reason="同", base_date=first.base_date, due=first.due
    )
    body = client.get(reverse("site:calendar", args=[new_feed(makers.make_user(Role.ADMIN))])).content
    [(summary, _)] = entries(body)
    assert summary.startswith("2 门课程更新截止")


@pytest.mark.django_db
def test_the_report_names_the_late_with_their_reasons_and_the_closed_with_how(client):
    author = makers.make_user(Role.AUTHOR)
    makers.make_due_release(days_left=-3, by=author, title="迟了的课")
    late = UpdateNotice.objects.get()
    closing.remark(late, text="等待标准正式出版。", by=author)
    makers.make_due_release(days_left=9, title="办结的课")
    done = UpdateNotice.objects.get(course__title="办结的课")
    proposal = closing.propose_no_change(
        done, reason="课程没有涉及改动的条文。", by=makers.make_user(Role.ADMIN)
    )
    closing.decide_no_change(proposal, accept=True, answer="", by=makers.make_user(Role.REVIEWER))
    client.force_login(makers.make_user(Role.ADMIN))
    document = docx.Document(io.BytesIO(client.get(reverse("cms:law_report")).content))
    numbers, overdue, closed = (
        [[cell.text for cell in row.cells] for row in t.rows] for t in document.tables
    )
    assert numbers == [["未到期", "将到期", "已逾期", "期限待查", "已办结"], ["0", "0", "1", "0", "1"]]
    assert (overdue[1][0], overdue[1][4]) == ("迟了的课", "逾期 3 天")
    assert "等待标准正式出版。" in overdue[1][5]
    assert closed[1][0] == "办结的课"
    assert closed[1][4].endswith("复核同意无须修改：课程没有涉及改动的条文。")
