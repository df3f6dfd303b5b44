"""The page of pairs: who sees which, what a click does, and what it costs."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from question_bank.models import PairState, Question, QuestionPair
from question_bank.questions import pairing
from question_bank.questions.acts import retire_question, revise_question
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
PAGE = "bank:pairs"
STEMS = (SINGLE.stem, "高处作业前先检查哪一样？", "动火结束后留下清理什么？")


@pytest.fixture
def pairs(write, author, item):
    """Make so many pairs, each of two questions that contradict each other."""

    def make(count=1, by=author):
        for stem in STEMS[Question.objects.count() // 2 :][:count]:
            content = replace(SINGLE, stem=stem)
            write(by, content)
            write(by, replace(content, answer=("B",)))
        pairing.find(item.pk, by.institution_id)
        return list(QuestionPair.objects.order_by("pk"))

    return make


def shown(client):
    return client.get(reverse(PAGE)).content.decode()


def test_two_questions_that_contradict_each_other_stand_beside_each_other(client, pairs, author):
    [pair] = pairs()
    client.force_login(author)
    page = shown(client)
    assert ("答案矛盾" in page, page.count("停用这一道"), f'id="pair-{pair.pk}"' in page) == (True, 2, True)


def test_the_button_finds_the_pairs_of_the_own_bank(client, write, author, item):
    write(author)
    write(author, replace(SINGLE, answer=("B",)))
    client.force_login(author)
    said = client.post(reverse("bank:compare"), {"item": item.pk}, follow=True).content.decode()
    assert ("比较完了：找到 1 对。" in said, QuestionPair.objects.count()) == (True, 1)
    assert f'value="{item.pk}" selected' in said


def test_a_contradiction_is_told_where_the_question_is_written_and_judged(client, write, author, person):
    first, second = write(author), write(author, replace(SINGLE, answer=("B",)))
    write(author, replace(SINGLE, stem="低压触电后应首先怎么做，为什么？", answer=("B",)))
    gone = write(author, replace(SINGLE, answer=("C",)))
    retire_question(gone, by=author)
    assert pairing.contradictions_of(Question.objects.get(pk=gone.pk)) == [], "it is out of use"
    reviewer, said = person(Role.REVIEWER), f"第 {first.pk} 号题</a>题干相同，答案是"
    for who, page in ((author, "question:edit"), (reviewer, "bank:review")):
        client.force_login(who)
        shown = client.get(reverse(page, args=[second.pk])).content.decode()
        assert (shown.count("答案矛盾"), said in shown) == (1, True)
    client.force_login(author)
    shown = client.get(reverse("question:edit", args=[second.pk])).content.decode()
    assert f"题库第 {second.pk} 号题第 1 版" in shown, "platforms name it by number and version"
    pairing.find(second.item_id, author.institution_id)
    pairing.both_right(QuestionPair.objects.get(kind="contradiction"), by=author, now=timezone.now())
    assert pairing.contradictions_of(second) == []


def test_one_of_the_two_is_taken_out_of_use(client, pairs, author):
    [pair] = pairs()
    client.force_login(author)
    client.post(reverse("bank:pair", args=[pair.pk]), {"retire": pair.second_id})
    pair.refresh_from_db()
    left = list(Question.objects.not_retired().values_list("pk", flat=True))
    assert (pair.state, pair.judged_by, left) == (PairState.RETIRED, author, [pair.first_id])
    assert f'id="pair-{pair.pk}"' not in shown(client)


def test_both_right_holds_until_one_of_the_two_is_changed(client, pairs, author, item):
    [pair] = pairs()
    client.force_login(author)
    client.post(reverse("bank:pair", args=[pair.pk]), {"both_right": "1"})
    pairing.find(item.pk, author.institution_id)
    assert list(QuestionPair.objects.values_list("state", flat=True)) == [PairState.BOTH_RIGHT]
    changed = replace(pair.second.content, answer=("C",))
    revise_question(pair.second, content=changed, knowledge_points=(), by=author)
    pairing.find(item.pk, author.institution_id)
    assert list(QuestionPair.objects.values_list("state", flat=True)) == [PairState.OPEN]


def test_a_pair_of_another_institution_does_not_exist(client, pairs, person):
    [pair] = pairs()
    client.force_login(person(Role.AUTHOR, "乙培训机构"))
    answer = client.post(reverse("bank:pair", args=[pair.pk]), {"retire": pair.first_id})
    assert (answer.status_code, SINGLE.stem in shown(client)) == (404, False)
    assert Question.objects.not_retired().count() == 2


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_who_only_reads_questions_judges_no_pair(client, pairs, person, item, role):
    [pair] = pairs()
    client.force_login(person(role))
    refused = [
        client.post(reverse("bank:pair", args=[pair.pk]), {"retire": pair.first_id}, follow=True),
        client.post(reverse("bank:compare"), {"item": item.pk}, follow=True),
    ]
    assert ["只有本机构的课程作者可以" in answer.content.decode() for answer in refused] == [True, True]
    assert ("停用这一道" in shown(client), Question.objects.not_retired().count()) == (False, 2)


def test_an_institution_does_not_enter_the_page(client, pairs, person):
    [pair] = pairs()
    client.force_login(person(Role.INSTITUTION))
    answers = [
        client.get(reverse(PAGE)),
        client.post(reverse("bank:pair", args=[pair.pk]), {"retire": pair.first_id}),
    ]
    assert [answer.status_code in (302, 403, 404) for answer in answers] == [True, True]
    assert Question.objects.not_retired().count() == 2


def test_the_page_takes_as_many_queries_for_three_pairs_as_for_one(client, pairs, author):
    client.force_login(author)
    costs = []
    for more, count in ((1, 1), (2, 3)):
        pairs(more)
        shown(client)
        with CaptureQueriesContext(connection) as captured:
            page = shown(client)
        assert page.count("<article") == count
        costs.append(len(captured))
    assert costs[0] == costs[1]
