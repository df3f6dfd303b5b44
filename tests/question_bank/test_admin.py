from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.roles import Role
from question_bank.models import Question, QuestionState
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
DOORS = ["edit", "history", "history_results", "usage", "inspect", "retire", "delete"]
OURS, THEIRS = "甲机构的题干", "乙机构的题干"
TYPED = {
    "type": "single",
    "stem": "改过的题干",
    "options": "切断电源\n拨打电话",
    "answer": "A",
    "explanation": "先断电。",
    "version": 1,
}


@pytest.fixture
def ours(write, author):
    return write(author, replace(SINGLE, stem=OURS))


@pytest.fixture
def theirs(write, person):
    return write(person(Role.AUTHOR, "乙培训机构"), replace(SINGLE, stem=THEIRS))


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("page", ["index", "index_results"])
@pytest.mark.parametrize("search", ["", "?q=题干", "?state=draft"])
def test_a_list_shows_an_author_only_their_institutions_questions(client, author, ours, theirs, page, search):
    client.force_login(author)
    shown = text(client.get(reverse(f"question:{page}") + search))
    assert (OURS in shown, THEIRS in shown) == (True, False)


@pytest.mark.parametrize("door", DOORS)
def test_another_institutions_question_does_not_exist_behind_any_door(client, author, theirs, door):
    client.force_login(author)
    address = reverse(f"question:{door}", args=[theirs.pk])
    assert (client.get(address).status_code, client.post(address, TYPED).status_code) == (404, 404)
    theirs.refresh_from_db()
    assert (theirs.stem, theirs.version, theirs.state) == (THEIRS, 1, QuestionState.DRAFT)


@pytest.mark.parametrize("door", ["edit", "history", "usage", "inspect", "retire"])
def test_every_door_but_delete_is_open_to_the_author(client, author, ours, door):
    client.force_login(author)
    assert client.get(reverse(f"question:{door}", args=[ours.pk])).status_code == 200


@pytest.mark.parametrize("make", ["author", "superuser"])
def test_nobody_deletes_a_question(client, author, ours, make, django_user_model):
    user = author if make == "author" else django_user_model.objects.create_superuser("root")
    client.force_login(user)
    assert client.post(reverse("question:delete", args=[ours.pk])).status_code == 302
    assert Question.objects.filter(pk=ours.pk).exists()


def test_there_is_no_bulk_door(client, author, ours):
    client.force_login(author)
    address = f"/admin/bulk/question_bank/question/delete/?id={ours.pk}"
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_a_reviewer_reads_all_questions_and_changes_none(client, person, ours, theirs):
    client.force_login(person(Role.REVIEWER, "丙"))
    shown = text(client.get(reverse("question:index")))
    assert (OURS in shown, THEIRS in shown) == (True, True)
    inspected = text(client.get(reverse("question:inspect", args=[theirs.pk])))
    assert "A. 切断电源；B. 拨打电话；C. 泼水" in inspected
    assert client.post(reverse("question:edit", args=[theirs.pk]), TYPED).status_code == 302
    theirs.refresh_from_db()
    assert theirs.stem == THEIRS


def test_an_institution_sees_no_question_even_with_the_permission(client, person, ours):
    client.force_login(person(Role.INSTITUTION))
    assert OURS not in text(client.get(reverse("question:index")))
    assert client.get(reverse("question:inspect", args=[ours.pk])).status_code == 404


def test_an_author_writes_a_question_by_hand(client, author, item):
    client.force_login(author)
    assert "操作项目" in text(client.get(reverse("question:add")))
    assert client.post(reverse("question:add"), TYPED | {"item": item.pk}).status_code == 302
    question = Question.objects.get()
    assert (question.stem, question.options, question.answer) == (
        "改过的题干",
        ["切断电源", "拨打电话"],
        ["A"],
    )
    assert (question.institution, question.created_by) == (author.institution, author)


def test_a_refused_question_keeps_what_was_typed_and_says_why(client, author, item):
    client.force_login(author)
    page = text(client.post(reverse("question:add"), TYPED | {"item": item.pk, "answer": "E"}))
    assert "答案 E 不在选项之中，现有 2 个选项，请核对。" in page
    assert "改过的题干" in page
    assert Question.objects.count() == 0


def test_an_edit_makes_a_version_and_a_slower_editor_is_told(client, author, ours):
    client.force_login(author)
    address = reverse("question:edit", args=[ours.pk])
    assert client.post(address, TYPED).status_code == 302
    page = text(client.post(address, TYPED | {"stem": "慢的一方"}))
    assert "已将这道题改为第 2 版" in page
    assert "慢的一方" in page
    ours.refresh_from_db()
    assert (ours.stem, ours.version) == ("改过的题干", 2)


def test_an_author_retires_a_question_and_its_history_says_so(client, author, ours):
    client.force_login(author)
    assert client.post(reverse("question:retire", args=[ours.pk])).status_code == 302
    ours.refresh_from_db()
    assert ours.state == QuestionState.RETIRED
    assert "题目已停用" in text(client.get(reverse("question:history", args=[ours.pk])))


def test_the_list_costs_the_same_at_one_and_three_questions(
    client, author, write, django_assert_max_num_queries
):
    client.force_login(author)

    def queries():
        with django_assert_max_num_queries(200) as captured:
            client.get(reverse("question:index"))
        return len(captured)

    write(author)
    queries()
    few = queries()
    write(author)
    write(author)
    assert queries() == few
