"""Choosing a published course, giving it up, and how what was chosen stands."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.roles import Role
from cms.models import Course, Selection
from cms.review.releases import take_down
from cms.selections import select_release, unselect
from tests import makers

pytestmark = pytest.mark.django_db
MINE = "/my-courses/"


@pytest.fixture
def institution(client):
    user = makers.make_user(Role.INSTITUTION)
    client.force_login(user)
    return user


def chosen(client):
    """What the page says: title, version, chip, the version offered instead."""
    return [
        (row.selection.release.number, row.chip.word, row.newer and row.newer.number, row.newer_is_chosen)
        for row in client.get(MINE).context["chosen"]
    ]


def second_release(release):
    author = Course.objects.get(pk=release.course_id).created_by
    makers.make_lesson(release.course, by=author, title="新增课时")
    return makers.release(release.course, by=author)


def test_choosing_lists_the_course_among_mine_and_giving_up_removes_it(client, institution):
    release = makers.make_released_course()
    page = client.post(reverse("site:select", args=[release.pk]), follow=True)
    assert "已选用" in page.content.decode()
    assert chosen(client) == [(1, "已发布", None, False)]
    client.post(reverse("site:unselect", args=[release.pk]))
    assert chosen(client) == []


def test_choosing_twice_changes_nothing(institution):
    release = makers.make_released_course()
    assert select_release(release, by=institution) == select_release(release, by=institution)
    assert Selection.objects.count() == 1


def test_a_newer_version_is_offered_and_the_old_choice_stays_until_it_is_given_up(client, institution):
    old = makers.make_released_course()
    select_release(old, by=institution)
    new = second_release(old)
    assert chosen(client) == [(1, "已有新版", 2, False)]
    client.post(reverse("site:select", args=[new.pk]))
    assert chosen(client) == [(2, "已发布", None, False), (1, "已有新版", 2, True)]


def test_a_course_taken_down_is_shown_with_the_reason(client, institution):
    release = makers.make_released_course()
    select_release(release, by=institution)
    take_down(release, reason="声音过小", by=makers.make_user(Role.ADMIN))
    assert chosen(client) == [(1, "已下架", None, False)]
    assert "声音过小" in client.get(MINE).content.decode()


def test_a_course_due_for_an_update_says_how_many_days_are_left(client, institution):
    select_release(makers.make_due_release(days_left=12), by=institution)
    assert chosen(client) == [(1, "待更新（还剩 12 天）", None, False)]


def test_what_is_no_longer_offered_cannot_be_chosen(institution):
    old = makers.make_released_course()
    gone = second_release(old)
    take_down(gone, reason="声音过小", by=makers.make_user(Role.ADMIN))
    old.refresh_from_db()
    for release in (old, gone):
        with pytest.raises(PermissionDenied, match="请选最新版本"):
            select_release(release, by=institution)


def test_only_people_of_a_training_institution_choose(client):
    release = makers.make_released_course()
    for role in (Role.AUTHOR, Role.REVIEWER, Role.ADMIN):
        client.force_login(makers.make_user(role))
        assert client.post(reverse("site:select", args=[release.pk])).status_code == 403
        assert client.get(MINE).status_code == 403
    assert not Selection.objects.exists()


def test_nobody_gives_up_the_choice_of_another_institution(client, institution):
    selection = select_release(makers.make_released_course(), by=makers.make_user(Role.INSTITUTION))
    assert client.post(reverse("site:unselect", args=[selection.release_id])).status_code == 404
    with pytest.raises(PermissionDenied):
        unselect(selection, by=institution)
    assert chosen(client) == []
    assert Selection.objects.filter(pk=selection.pk).exists()


def test_a_choice_is_not_made_by_following_a_link(client, institution):
    release = makers.make_released_course()
    assert client.get(reverse("site:select", args=[release.pk])).status_code == 405
    assert client.get(reverse("site:unselect", args=[release.pk])).status_code == 405


def test_my_courses_cost_the_same_at_one_and_three(client, institution, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(20) as captured:
            client.get(MINE)
        return len(captured)

    select_release(makers.make_due_release(days_left=5), by=institution)
    few = queries()
    for _ in range(2):
        select_release(makers.make_due_release(days_left=5), by=institution)
    assert queries() == few


def test_without_a_choice_the_page_leads_to_the_library(client, institution):
    page = client.get(MINE).content.decode()
    assert "还没有选用课程" in page
    assert f'href="{reverse("site:library")}">去找课程' in page
