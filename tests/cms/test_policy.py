"""The switch that takes overdue courses off the institutions' list, with a record, and back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms.law import closing
from cms.law.policy import apply_policy, set_withholding
from cms.models import CourseRelease, UpdateNotice, Withholding
from cms.selections import select_release
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def admin():
    return makers.make_user(Role.ADMIN)


@pytest.fixture
def late():
    return makers.make_due_release(days_left=-1, title="迟了")


def offered():
    return list(CourseRelease.objects.offered())


def test_by_default_an_overdue_course_can_be_chosen(late):
    assert (apply_policy(TODAY), offered()) == ((0, 0), [late])


def test_the_switch_takes_only_what_is_overdue_off_the_list_and_back(admin, late):
    fine = makers.make_due_release(days_left=0)
    set_withholding(True, by=admin, today=TODAY)
    assert offered() == [fine]
    assert apply_policy(TODAY) == (0, 0)
    set_withholding(False, by=admin, today=TODAY)
    assert set(offered()) == {fine, late}
    [record] = Withholding.objects.all()
    assert (record.release, record.until is not None, record.ended_because) == (late, True, "规则已关闭")


def test_closing_the_notice_gives_the_course_back(admin, late):
    set_withholding(True, by=admin, today=TODAY)
    notice = UpdateNotice.objects.get()
    proposal = closing.propose_no_change(notice, reason="课程没有涉及这些改动。", by=admin)
    closing.decide_no_change(proposal, accept=True, answer="", by=makers.make_user(Role.REVIEWER))
    assert apply_policy(TODAY) == (0, 1)
    assert (offered(), Withholding.objects.get().ended_because) == ([late], "更新已办结")


def test_only_an_admin_turns_it_and_it_is_written_down(client, admin, late):
    for role in (Role.REVIEWER, Role.AUTHOR, Role.INSTITUTION):
        with pytest.raises(PermissionDenied):
            set_withholding(True, by=makers.make_user(role), today=TODAY)
    client.force_login(admin)
    page = client.post(reverse("cms:switch_policy"), {"withhold": "on"}, follow=True).content.decode()
    assert "现在暂停选用" in page
    assert f"由 {admin} 设定" in page
    assert offered() == []


def test_a_withheld_course_is_not_in_the_library_cannot_be_chosen_and_says_why(client, admin, late):
    chooser, other = makers.make_user(Role.INSTITUTION), makers.make_user(Role.INSTITUTION)
    select_release(late, by=chooser)
    set_withholding(True, by=admin, today=TODAY)
    with pytest.raises(PermissionDenied, match="暂停选用"):
        select_release(late, by=other)
    client.force_login(other)
    assert "迟了" not in client.get(reverse("site:library")).content.decode()
    page = client.get(reverse("site:course", args=[late.pk])).content.decode()
    assert "起暂停选用" in page
    assert "选用这门课程" not in page
    client.force_login(chooser)
    assert "逾期未更新，暂停选用" in client.get(reverse("site:my_courses")).content.decode()
