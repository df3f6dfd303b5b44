"""Two people arrange one paper: steps go into the order that stands, what concerns all of it is refused."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from question_bank.models import Paper, PaperState, Question
from question_bank.papers.acts import arrange, create_paper
from question_bank.papers.arranging import Move, Step, mark_of, stepped, take_step
from question_bank.questions.reviewing import approve_question

pytestmark = pytest.mark.django_db

STEPS = [
    (Step(Move.ADD, 9), [1, 2, 3, 9]),
    (Step(Move.ADD, 2), [1, 2, 3]),
    (Step(Move.REMOVE, 2), [1, 3]),
    (Step(Move.REMOVE, 9), [1, 2, 3]),
    (Step(Move.UP, 3), [1, 3, 2]),
    (Step(Move.UP, 1), [1, 2, 3]),
    (Step(Move.UP, 9), [1, 2, 3]),
    (Step(Move.DOWN, 1), [2, 1, 3]),
    (Step(Move.DOWN, 3), [1, 2, 3]),
    (Step(Move.PLACE, 3), [3, 1, 2]),
    (Step(Move.PLACE, 1, after=2), [2, 1, 3]),
    (Step(Move.PLACE, 9, after=1), [1, 9, 2, 3]),
    (Step(Move.PLACE, 1, after=9), [2, 3, 1]),  # its neighbour is gone
]


@pytest.mark.parametrize(("step", "order"), STEPS)
def test_a_step_changes_one_place(step, order):
    assert stepped([1, 2, 3], step) == order


@pytest.fixture
def questions(author, write):
    return [write(author).pk for _ in range(4)]


@pytest.fixture
def paper(item, author, questions):
    made = create_paper(item=item, title="期中", institution=author.institution, by=author)
    return arrange(made, questions[:3], by=author)


@pytest.fixture
def colleague(person):
    return person(Role.AUTHOR)


def asked(paper):
    return list(paper.entries.values_list("question", flat=True))


def post(client, door, paper, **posted):
    answer = client.post(reverse(f"bank:{door}", args=[paper.pk]), posted, follow=True)
    return answer.content.decode()


def test_nobodys_step_undoes_anothers(client, paper, questions, author, colleague):
    first, second, third, fourth = questions
    seen = mark_of(Paper.objects.get())
    take_step(paper, Step(Move.REMOVE, second), by=colleague)
    client.force_login(author)
    shown = post(client, "arrange", paper, add=fourth, seen=seen)
    assert asked(paper) == [first, third, fourth]
    assert "期间别人也改过这份试卷；您这一步已加进去" in shown
    post(client, "arrange", paper, place=fourth, seen=mark_of(Paper.objects.get()))
    assert asked(paper) == [fourth, first, third]


def test_a_title_written_over_anothers_is_kept_on_the_page(client, paper, author, colleague):
    client.force_login(author)
    was = "3 期中"
    client.force_login(colleague)
    post(client, "describe", paper, title="期末", minutes="3", was=was)
    client.force_login(author)
    shown = post(client, "describe", paper, title="结业", minutes="5", was=was)
    assert "别人刚刚把它改成“期末”、3 分钟；您填的还在下面，没有保存" in shown
    assert 'value="结业"' in shown and 'value="5"' in shown and 'name="was" value="3 期末"' in shown
    assert Paper.objects.get().title == "期末"
    post(client, "describe", paper, title="结业", minutes="5", was="3 期末")
    assert Paper.objects.get().title == "结业"


def test_a_paper_is_final_or_gone_only_as_it_was_shown(client, paper, questions, author, colleague, person):
    for pk in questions:
        approve_question(Question.objects.get(pk=pk), by=person(Role.REVIEWER))
    seen = mark_of(Paper.objects.get())
    take_step(paper, Step(Move.ADD, questions[3]), by=colleague)
    client.force_login(author)
    for door, what in (("finalise", "定稿"), ("discard_paper", "删除")):
        shown = post(client, door, paper, seen=seen)
        assert f"{colleague} 刚刚改过这份试卷，没有{what}。" in shown
    assert Paper.objects.get().state == PaperState.DRAFT
    post(client, "finalise", paper, seen=mark_of(Paper.objects.get()))
    assert Paper.objects.get().state == PaperState.FINAL


def test_a_step_that_names_no_question_is_refused(client, paper, author, questions):
    client.force_login(author)
    assert "没有看懂这一步" in post(client, "arrange", paper, up="x")
    assert asked(paper) == questions[:3]
