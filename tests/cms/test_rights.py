"""A licence that runs out after publication: who is told, when, once, and what the pages say."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from cms.models import OutgoingMail, RightsReminder
from cms.reminding import rights
from cms.review import releases
from tests import makers

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def licensed(until: date | None, **made):
    by = made.pop("by", None) or makers.make_user(Role.AUTHOR)
    course = makers.make_course(by=by, **made)
    draft = course.get_latest_revision_as_object()
    draft.rights_until = until
    draft.save_revision(user=by)
    course.refresh_from_db()
    makers.make_lesson(course, by=by)
    return makers.release(course, by=by)


@pytest.mark.parametrize(
    ("days", "told"),
    [(45, []), (31, []), (30, [30]), (14, [14]), (8, [14]), (7, [7]), (1, [1]), (0, [1])],
)
def test_authors_and_admins_are_told_at_each_step(days, told):
    admin = makers.make_user(Role.ADMIN)
    release = licensed(TODAY + timedelta(days=days))
    assert rights.remind_of_rights(TODAY) == len(told)
    assert [row.step for row in RightsReminder.objects.all()] == told
    if told:
        assert set(RightsReminder.objects.get().people.all()) == {admin, release.course.created_by}


def test_a_licence_without_an_end_is_never_spoken_of():
    release = licensed(None)
    assert (rights.rights_until(release.manifest), rights.remind_of_rights(TODAY)) == (None, 0)
    assert rights.licence_of(release, TODAY) is None


def test_each_step_is_told_once_also_after_a_standstill_and_by_one_mail():
    author = makers.make_user(Role.AUTHOR)
    end = TODAY + timedelta(days=20)
    for title in ("一课", "二课"):
        licensed(end, by=author, title=title)
    User.objects.filter(pk=author.pk).update(email="a@example.org")
    days = [TODAY, TODAY, end - timedelta(days=14), end + timedelta(days=60), end + timedelta(days=61)]
    assert [rights.remind_of_rights(day) for day in days] == [2, 0, 2, 2, 0]
    mails = list(OutgoingMail.objects.order_by("created_at"))
    assert [mail.subject for mail in mails] == ["安课：2 门课程的版权授权到期提醒"] * 3
    assert "《一课》授权至" in mails[0].body and "还剩 20 天" in mails[0].body
    assert "已到期 60 天" in mails[2].body


def test_a_course_taken_down_is_no_longer_on_the_list():
    admin = makers.make_user(Role.ADMIN)
    release = licensed(TODAY + timedelta(days=3))
    rights.remind_of_rights(TODAY)
    [licence] = rights.licences_told_to(admin, TODAY)
    assert (licence.course, licence.left, licence.chip.word) == (release.course_id, 3, "版权还剩 3 天")
    releases.take_down(release, reason="版权到期", by=admin)
    assert rights.licences_told_to(admin, TODAY) == []
    assert rights.remind_of_rights(TODAY + timedelta(days=2)) == 0


def test_the_home_the_course_and_the_institution_s_page_say_so(client):
    release = licensed(TODAY + timedelta(days=3), title="快到期的课")
    rights.remind_of_rights(TODAY)
    client.force_login(release.course.created_by)
    for url in ("/admin/", reverse("cms:reminders"), reverse("cms:course", args=[release.course_id])):
        assert "版权还剩 3 天" in client.get(url).content.decode(), url
    client.force_login(makers.make_user(Role.INSTITUTION))
    page = client.get(reverse("site:course", args=[release.pk])).content.decode()
    assert "还剩 3 天" in page and "版权授权到" in page


def test_the_sweep_costs_as_many_queries_for_three_courses_as_for_one(django_assert_max_num_queries):
    makers.make_user(Role.ADMIN)
    rights.remind_of_rights(TODAY)
    spent = []
    for count in (1, 2):
        for _ in range(count):
            licensed(TODAY + timedelta(days=3))
        with django_assert_max_num_queries(40) as captured:
            assert rights.remind_of_rights(TODAY) == count
        spent.append(len(captured))
    assert spent[0] == spent[1]
