"""Trying a test as a learner: the server's clock, five attempts, the replay, and who may."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from cms import drafts, sittings
from cms.models import Sitting
from question_bank.content import Content
from question_bank.questions.acts import revise_question
from tests.makers import make_course, make_lesson, make_question, make_released_course, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def later(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def author():
    return make_user(Role.AUTHOR)


@pytest.fixture
def course(author):
    """A draft with a lesson of two questions, the key of each is A."""
    made = make_course(by=author)
    key = make_lesson(made, by=author)
    question = make_question(by=author, item=made.item, stem="第二题")
    drafts.place_question(made.pk, key, question=question, at_s=40, by=author)
    made.refresh_from_db()
    return made


@pytest.fixture
def test(course):
    draft = course.get_latest_revision_as_object()
    return sittings.draft_test(course, draft.lessons.all()[0])


def go(sitting, *answers):
    """Answer question after question, a second for each."""
    for place, given in enumerate(answers):
        sitting = sittings.answer(sitting.pk, place=place, given=given, now=later(place + 1))
    return sitting


def text(response):
    return response.content.decode()


def test_eighty_is_needed_and_a_half_is_not_enough(test, author):
    half = go(sittings.begin(test, by=author, now=NOW), "A", "B")
    assert (half.is_over, half.correct, half.shown_mark, half.passed) == (True, 1, "50", False)
    whole = go(sittings.begin(test, by=author, now=NOW), "A", "A")
    assert (whole.number, whole.shown_mark, whole.passed) == (2, "100", True)


def test_an_answer_after_sixty_seconds_and_the_grace_counts_as_none(test, author):
    sitting = sittings.begin(test, by=author, now=NOW)
    in_time = sittings.answer(sitting.pk, place=0, given="A", now=later(62))
    late = sittings.answer(sitting.pk, place=1, given="A", now=later(62 + 64))
    assert in_time.answers[0] == {"given": ["A"], "in_time": True, "right": True}
    assert late.answers[1] == {"given": [], "in_time": False, "right": False}


def test_closing_the_page_does_not_stop_the_clock(test, author):
    sitting = sittings.begin(test, by=author, now=NOW)
    assert sittings.look(sitting.pk, now=later(30)).place == 0
    again = sittings.look(sitting.pk, now=later(3600))
    assert (again.place, again.answers) == (1, [{"given": [], "in_time": False, "right": False}])
    assert sittings.begin(test, by=author, now=later(3601)).pk == sitting.pk
    assert sittings.look(sitting.pk, now=later(3630)).place == 1


def test_an_answer_given_twice_counts_once(test, author):
    sitting = sittings.begin(test, by=author, now=NOW)
    sittings.answer(sitting.pk, place=0, given="A", now=later(1))
    assert sittings.answer(sitting.pk, place=0, given="B", now=later(2)).answers[0]["given"] == ["A"]
    over = sittings.answer(sitting.pk, place=1, given="A", now=later(3))
    assert sittings.answer(sitting.pk, place=2, given="A", now=later(4)).answers == over.answers


def test_who_gave_no_answer_is_told_on_the_next_question(client, test, author):
    client.force_login(author)
    begun = sittings.begin(test, by=author, now=timezone.now())
    shown = text(client.post(reverse("site:answer", args=[begun.pk]), {"place": 0}, follow=True))
    assert "上一题没有选答案，算没有作答。" in shown


def test_a_sixth_attempt_is_refused_until_the_video_was_seen_again(test, author):
    for _ in range(5):
        go(sittings.begin(test, by=author, now=NOW), "B", "B")
    with pytest.raises(sittings.SittingRefused, match="5 次机会已经用完"):
        sittings.begin(test, by=author, now=NOW)
    again = sittings.begin_again(test, by=author, now=NOW)
    assert (again.round, again.number) == (2, 1)
    assert sittings.begin_again(test, by=author, now=NOW).pk == again.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=again.pk).update(number=6)


def test_an_attempt_keeps_the_words_it_began_with(test, author, course):
    sitting = sittings.begin(test, by=author, now=NOW)
    drafts.remove_question(course.pk, test.lesson_key, question=make_question_of(test, author), by=author)
    sitting.refresh_from_db()
    assert len(sitting.questions) == 2


def test_a_draft_is_tried_in_the_words_of_today_not_in_those_of_tomorrow(author, course):
    question = author.institution.questions.get(stem="第二题")
    tomorrow = timezone.localdate() + timedelta(days=1)
    content = {**vars(question.content), "answer": ("B",), "valid_from": tomorrow}
    revise_question(question, content=Content(**content), knowledge_points=[], by=author)
    lesson = course.get_latest_revision_as_object().lessons.all()[0]
    asked = {row["stem"]: row for row in sittings.draft_test(course, lesson).questions}
    assert (asked["第二题"]["answer"], len(asked)) == (["A"], 2)


def make_question_of(test, author):
    return author.institution.questions.get(pk=test.questions[0]["id"])


def test_a_learners_way_from_the_rules_to_the_replay(client, author, test, course):
    client.force_login(author)
    start = reverse("site:try_draft", args=[course.pk, test.lesson_key])
    page = text(client.get(start))
    assert "现有 2 道题，少于 5 道时 80 分等于全部答对" in page
    address = client.post(start).url
    page = text(client.get(address))
    assert "第 1 题，共 2 题" in page and 'data-left="60"' in page
    assert "先断开电源，再施救。" not in page
    answer = f"{address}answer/"
    client.post(answer, {"place": "0", "answer": "A"})
    client.post(answer, {"place": "1", "answer": "C"})
    page = text(client.get(address))
    assert "50 分，不合格" in page and "错题回放（1 题）" in page
    assert "您答 <strong>C</strong>" in page and "正确答案 <strong>A</strong>" in page
    assert "先断开电源，再施救。" in page and 'data-seek="35"' in page and "看视频 0:40 处" in page
    assert "还有 4 次机会" in page
    assert "不合格，50 分" in text(client.get(start))


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.AUTHOR, True, 200),
        (Role.AUTHOR, False, 404),
        (Role.REVIEWER, False, 200),
        (Role.INSTITUTION, True, 404),
    ],
)
def test_who_may_try_a_draft(client, author, course, test, role, own, status):
    client.force_login(make_user(role, institution=author.institution if own else None))
    start = reverse("site:try_draft", args=[course.pk, test.lesson_key])
    assert client.get(start).status_code == status
    assert client.post(start).status_code == (302 if status == 200 else 404)


def test_an_institution_tries_what_is_published(client):
    made = make_released_course()
    key = made.manifest["lessons"][0]["key"]
    client.force_login(make_user(Role.INSTITUTION))
    start = reverse("site:try_release", args=[made.pk, key])
    assert start in text(client.get(reverse("site:course", args=[made.pk])))
    address = client.post(start).url
    client.post(f"{address}answer/", {"place": "0", "answer": "B"})
    page = text(client.get(address))
    assert reverse("site:video", args=[made.pk, made.manifest["lessons"][0]["video"]["id"]]) in page
    assert page.count("data-player data-duration") == 1
    assert client.get(reverse("site:try_release", args=[made.pk, made.pk])).status_code == 404


def test_somebody_elses_attempt_does_not_exist(client, test, author):
    sitting = sittings.begin(test, by=author, now=NOW)
    client.force_login(make_user(Role.AUTHOR, institution=author.institution))
    doors = [
        client.get(reverse("site:sitting", args=[sitting.pk])),
        client.post(reverse("site:answer", args=[sitting.pk]), {"place": "0"}),
        client.get(reverse("site:sitting_image", args=[sitting.pk, 0, 0])),
    ]
    assert [door.status_code for door in doors] == [404] * 3


def test_the_pictures_of_a_question_to_come_are_not_shown(client, test, author):
    client.force_login(author)
    sitting = sittings.begin(test, by=author, now=timezone.now())
    for place in (1, 2):
        assert client.get(reverse("site:sitting_image", args=[sitting.pk, place, 0])).status_code == 404


@pytest.mark.parametrize("posted", [{}, {"place": "x"}, {"place": "0", "answer": "无"}, {"place": "9" * 50}])
def test_a_strange_answer_is_no_error(client, test, author, posted):
    client.force_login(author)
    sitting = sittings.begin(test, by=author, now=timezone.now())
    assert client.post(reverse("site:answer", args=[sitting.pk]), posted).status_code == 302
    sitting.refresh_from_db()
    assert sitting.correct == 0
