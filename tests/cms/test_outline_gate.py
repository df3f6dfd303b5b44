"""The gate compares a draft with the training outline in force, when an admin has entered one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from catalog.models import OutlinePoint, TrainingOutline
from cms.models import Course
from cms.review import submissions
from cms.review.facts import facts_of_contents
from cms.review.gates import mend_url, obstacles_of
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


@pytest.fixture
def course(author):
    """Sixty seconds of video with one question; the form says two hours."""
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author)
    return Course.objects.get(pk=course.pk)


def make_outline(hours=2, points=(), **more):
    outline = TrainingOutline(
        item=makers.make_item(),
        kind="new",
        version="2018 年版",
        hours=hours,
        source="文号",
        **{"valid_from": date(2018, 1, 1)} | more,
    )
    outline.points = [OutlinePoint(name=name, sort_order=order) for order, name in enumerate(points)]
    outline.save()
    return outline


def codes(course):
    return [found.code for found in obstacles_of(course.get_latest_revision_as_object())]


def test_without_an_outline_nothing_is_compared(course):
    assert codes(course) == []


def test_an_outline_of_another_kind_or_of_another_time_asks_nothing(course):
    yesterday = timezone.localdate() - timedelta(days=1)
    make_outline(valid_to=yesterday)
    TrainingOutline.objects.create(
        item=course.item, kind="renewal", version="2018 年版", hours=2, source="文号", valid_from=yesterday
    )
    assert codes(course) == []


def test_a_short_course_cannot_be_submitted_and_is_led_to_where_it_is_mended(client, author, course):
    make_outline(points=("验电",))
    found = submissions.submit(course.pk, by=author)
    assert [each.code for each in found] == ["shorter_than_outline", "points_missing"]
    assert mend_url(course.pk, found[1]).endswith("#outline")
    client.force_login(author)
    page = client.get(reverse("cms:course", args=[course.pk])).content.decode()
    assert 'id="outline"' in page
    assert "其中 1 个还没有题目" in page


def test_a_question_that_names_the_point_covers_it(author, course):
    make_outline(hours="0.5", points=("验电",))
    TrainingOutline.objects.update(hours="0.02")
    question = Question.objects.get()
    assert codes(course) == ["points_missing"]
    revise_question(question, content=question.content, knowledge_points=["验电"], by=author)
    assert codes(course) == []


def test_facts_cost_the_same_for_one_and_three_drafts(author, course):
    make_outline(points=("验电",))

    def queries(contents):
        with CaptureQueriesContext(connection) as captured:
            facts_of_contents(contents)
        return len(captured)

    content = course.latest_revision.content
    assert queries([content]) == queries([content] * 3)
