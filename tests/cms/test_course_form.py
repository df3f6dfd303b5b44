"""The course's details in Wagtail's form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from cms.models import Course
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    user = makers.make_user(Role.AUTHOR)
    client.force_login(user)
    return user


def add_form(**changes):
    return {
        "title": "低压电工",
        "item": makers.ITEM,
        "kind": "new",
        "objectives": "会急救",
        "hours": "2",
        "rights": "own",
        "rights_holder": "中心",
        "citations-TOTAL_FORMS": 0,
        "citations-INITIAL_FORMS": 0,
    } | changes


def test_a_new_course_belongs_to_its_authors_institution_and_leads_to_its_page(client, author):
    makers.make_edition()
    response = client.post(reverse("wagtailsnippets_cms_course:add"), add_form())
    course = Course.objects.get()
    assert (course.institution, course.created_by, course.live) == (author.institution, author, False)
    assert response.url == reverse("cms:course", args=[course.pk])


def test_a_draft_has_a_name(client, author):
    makers.make_edition()
    page = client.post(reverse("wagtailsnippets_cms_course:add"), add_form(title=""))
    assert "title" in page.context["form"].errors
    assert not Course.objects.exists()


def test_the_list_says_where_each_course_stands(client, author):
    makers.make_course(by=author)
    shown = client.get(reverse("wagtailsnippets_cms_course:list")).content.decode()
    assert "草稿" in shown


def test_a_row_of_a_list_can_be_read_without_its_header_as_on_a_phone(client, author):
    makers.make_course(by=author)
    shown = client.get(reverse("wagtailsnippets_cms_course:list")).content.decode()
    assert all(f'<td data-label="{label}">' in shown for label in ("操作项目", "培训类型", "制作单位"))


def test_items_are_offered_as_the_catalog_prints_them(client, author):
    makers.make_edition()
    shown = client.get(reverse("wagtailsnippets_cms_course:add")).content.decode()
    assert '<optgroup label="电工作业">' in shown
    assert "1.1 低压电工" in shown


def test_instructors_of_another_institution_are_not_offered_nor_accepted(client, author):
    makers.make_edition()
    stranger = makers.make_instructor(makers.make_institution())
    shown = client.get(reverse("wagtailsnippets_cms_course:add")).content.decode()
    assert stranger.unit not in shown
    client.post(reverse("wagtailsnippets_cms_course:add"), add_form(instructors=[stranger.pk]))
    assert not Course.objects.exists()


def test_editing_the_details_keeps_lessons_and_questions(client, author):
    course = makers.make_course(by=author)
    key = makers.make_lesson(course, by=author)
    url = reverse("wagtailsnippets_cms_course:edit", args=[course.pk])
    client.post(url, add_form(title="改过的名称", instructors=[row.pk for row in course.instructors.all()]))
    draft = Course.objects.get(pk=course.pk).get_latest_revision_as_object()
    (lesson,) = draft.lessons.all()
    assert (draft.title, str(lesson.key), len(lesson.placements.all())) == ("改过的名称", key, 1)


@pytest.mark.parametrize("name", ["edit", "history", "usage", "workflow_history"])
def test_another_institutions_course_is_closed_in_every_view(client, author, name):
    course = makers.make_course(by=makers.make_user(Role.AUTHOR))
    assert client.get(reverse(f"wagtailsnippets_cms_course:{name}", args=[course.pk])).status_code == 404


def test_revisions_of_another_institution_are_closed(client, author):
    other = makers.make_course(by=makers.make_user(Role.AUTHOR))
    number = other.latest_revision_id
    for name, args in [
        ("revisions_revert", [other.pk, number]),
        ("revisions_compare", [other.pk, "earliest", "latest"]),
        ("revisions_unschedule", [other.pk, number]),
    ]:
        response = client.get(reverse(f"wagtailsnippets_cms_course:{name}", args=args))
        assert response.status_code == 404, name


def test_the_list_shows_only_the_own_institutions_rows(client, author):
    makers.make_course(by=author, title="自己的课程")
    makers.make_course(by=makers.make_user(Role.AUTHOR), title="别人的课程")
    shown = client.get(reverse("wagtailsnippets_cms_course:list")).content.decode()
    assert ("自己的课程" in shown, "别人的课程" in shown) == (True, False)
    assert reverse("cms:course", args=[Course.objects.get(title="自己的课程").pk]) in shown


def test_there_is_no_chooser_that_lists_everybodys_rows(client, author):
    for model in ("course", "instructor"):
        assert client.get(f"/admin/snippets/choose/cms/{model}/").status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(client, author, django_assert_num_queries):
    makers.make_course(by=author)
    url = reverse("wagtailsnippets_cms_course:list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        makers.make_course(by=author)
    with django_assert_num_queries(len(one)):
        client.get(url)
