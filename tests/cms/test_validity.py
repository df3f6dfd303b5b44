"""Lessons and questions that hold from a day to a day: nobody meets them before or after."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.roles import Role
from cms import drafts
from cms.models import Course
from cms.review import submissions
from cms.review.gates import obstacles_of
from cms.review.manifests import manifest_of
from cms.sittings import release_test
from cms.validity import changes_after, on_day
from question_bank.models import Question
from question_bank.questions.acts import revise_question
from tests import makers

TODAY = timezone.localdate()
NEW_YEAR = date(2027, 1, 1)
EVE = NEW_YEAR - timedelta(days=1)


def words(key, **more):
    return {"version": 1, "type": "single", "stem": "几天内报告？", "answer": [key], **more}


def manifest(**question):
    asked = words("B", id=7, at_s=30, version=2) | question
    return {"lessons": [{"key": "k", "title": "一", "questions": [asked]}]}


@pytest.mark.parametrize(
    ("day", "key"), [(date(1990, 1, 1), "A"), (EVE, "A"), (NEW_YEAR, "B"), (date(2050, 1, 1), "B")]
)
def test_a_key_that_changes_on_a_day_never_shows_before_it(day, key):
    changing = manifest(valid_from=NEW_YEAR.isoformat(), earlier=[words("A")])
    [lesson] = on_day(changing, day)["lessons"]
    [question] = lesson["questions"]
    assert (question["answer"], question["id"], question["at_s"]) == ([key], 7, 30)
    assert "earlier" not in question


def test_a_question_of_which_nothing_holds_is_not_asked():
    for question in (
        {"valid_from": NEW_YEAR.isoformat()},
        {"valid_to": "2026-12-30"},
        {"valid_from": NEW_YEAR.isoformat(), "earlier": [words("A", valid_to="2026-12-30")]},
    ):
        assert on_day(manifest(**question), EVE)["lessons"][0]["questions"] == []


def test_of_several_changes_the_last_that_has_begun_counts():
    versions = [words("A", valid_from="2026-06-01"), words("C")]
    changing = manifest(valid_from=NEW_YEAR.isoformat(), earlier=versions)
    keys = [
        on_day(changing, day)["lessons"][0]["questions"][0]["answer"]
        for day in (date(2026, 5, 31), date(2026, 6, 1), EVE, NEW_YEAR)
    ]
    assert keys == [["C"], ["A"], ["A"], ["B"]]


def test_a_lesson_shows_from_its_first_to_its_last_day():
    lesson = {
        "key": "k",
        "title": "一",
        "questions": [],
        "valid_from": "2027-01-01",
        "valid_to": "2027-01-31",
    }
    days = [EVE, NEW_YEAR, date(2027, 1, 31), date(2027, 2, 1)]
    assert [len(on_day({"lessons": [lesson]}, day)["lessons"]) for day in days] == [0, 1, 1, 0]
    assert changes_after({"lessons": [lesson]}, EVE) == [NEW_YEAR, date(2027, 2, 1)]


@pytest.fixture
def author():
    return makers.make_user(Role.AUTHOR)


@pytest.fixture
def changing(author):
    """A course whose one question has another key from tomorrow on."""
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author)
    question = Question.objects.get()
    content = type(question.content)(
        **{**vars(question.content), "answer": ("B",), "valid_from": TODAY + timedelta(days=1)}
    )
    revise_question(question, content=content, knowledge_points=[], by=author)
    return Course.objects.get(pk=course.pk)


def keys_on(course, day):
    found = on_day(manifest_of(course.get_latest_revision_as_object()), day)
    return [question["answer"] for lesson in found["lessons"] for question in lesson["questions"]]


@pytest.mark.django_db
def test_the_words_before_are_frozen_with_the_new_and_the_gate_lets_both_through(author, changing):
    assert (keys_on(changing, TODAY), keys_on(changing, TODAY + timedelta(days=1))) == ([["A"]], [["B"]])
    assert obstacles_of(changing.get_latest_revision_as_object()) == []
    release = makers.release(changing, by=author)
    [frozen] = release.manifest["lessons"][0]["questions"]
    assert (frozen["answer"], [before["answer"] for before in frozen["earlier"]]) == (["B"], [["A"]])


@pytest.mark.django_db
def test_the_library_shows_todays_key_and_says_when_it_changes(client, author, changing):
    release = makers.release(changing, by=author)
    client.force_login(makers.make_user(Role.INSTITUTION))
    response = client.get(reverse("site:course", args=[release.pk]))
    assert response.context["page"].outline.lessons[0].sample.answer == "A"
    assert "起有课时或题目按新规启用或停用" in response.content.decode()


@pytest.mark.django_db
def test_a_learner_is_tested_on_todays_key(author, changing):
    release = makers.release(changing, by=author)
    test = release_test(release, release.manifest["lessons"][0]["key"])
    assert [question["answer"] for question in test.questions] == [["A"]]


@pytest.mark.django_db
def test_the_desk_shows_the_course_as_of_a_chosen_day(client, author, changing):
    submissions.submit(changing.pk, by=author)
    client.force_login(makers.make_user(Role.REVIEWER))
    desk = reverse("cms:review_desk", args=[TaskState.objects.get(status="in_progress").pk])

    def key(day):
        as_of = client.get(desk, {"as_of": day}).context["as_of"]
        return as_of and as_of["lessons"][0]["questions"][0]["answer"]

    assert [key(TODAY.isoformat()), key((TODAY + timedelta(days=1)).isoformat()), key("x")] == [
        ["A"],
        ["B"],
        None,
    ]


@pytest.mark.django_db
def test_a_lesson_not_yet_in_force_is_neither_listed_nor_played(client, author):
    course = makers.make_course(by=author)
    makers.make_lesson(course, by=author, title="现行")
    key = makers.make_lesson(course, by=author, title="将来")
    client.force_login(author)
    tomorrow = TODAY + timedelta(days=1)
    client.post(reverse("cms:date_lesson", args=[course.pk, key]), {"valid_from": tomorrow.isoformat()})
    release = makers.release(Course.objects.get(pk=course.pk), by=author)
    client.force_login(makers.make_user(Role.INSTITUTION))
    page = client.get(reverse("site:course", args=[release.pk])).content.decode()
    assert ("现行" in page, "将来" in page) == (True, False)
    later = release.manifest["lessons"][1]
    assert later["valid_from"] == tomorrow.isoformat()
    assert client.get(reverse("site:video", args=[release.pk, later["video"]["id"]])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"valid_from": "2027-01-02", "valid_to": "2027-01-01"}, "停用日期早于启用日期"),
        ({"valid_from": "明天"}, "请写成 2026-11-23 这样"),
    ],
)
def test_dates_that_cannot_be_are_refused_in_a_sentence(client, author, days, said):
    course = makers.make_course(by=author)
    key = drafts.add_lesson(course.pk, title="一", by=author)
    client.force_login(author)
    page = client.post(reverse("cms:date_lesson", args=[course.pk, key]), days, follow=True)
    assert said in page.content.decode()
