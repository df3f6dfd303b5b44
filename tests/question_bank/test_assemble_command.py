"""assemble_paper: exit status, JSON, what is said and what is saved."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.roles import Role
from question_bank.models import Paper, Question
from question_bank.questions.acts import retire_question
from question_bank.questions.bulk import Draft, create_drafts
from tests.question_bank.conftest import SINGLE

pytestmark = pytest.mark.django_db
RULES = {
    "minutes": 9,
    "quotas": [{"type": "single", "count": 3}, {"type": "single", "count": 2, "knowledge_point": "急救"}],
}


@pytest.fixture
def bank(item, author):
    """Eight questions, three of them on first aid."""
    drafts = [Draft(replace(SINGLE, stem=f"第{n}题"), ("急救",) if n < 3 else ()) for n in range(8)]
    create_drafts(item=item, institution=author.institution, drafts=drafts, source="a.txt", by=author)
    return list(Question.objects.order_by("pk"))


@pytest.fixture
def assemble(capsys, item, tmp_path):
    """Exit status, and the JSON document or the line on standard error."""

    def run(*arguments, rules=RULES):
        path = tmp_path / "蓝图 一.json"
        path.write_text(rules if isinstance(rules, str) else json.dumps(rules))
        try:
            call_command("assemble_paper", "--item", item.pk, "--blueprint", str(path), "--json", *arguments)
            status = 0
        except SystemExit as exit_:
            status = exit_.code
        except CommandError as error:
            return error.returncode, str(error)
        return status, json.loads(capsys.readouterr().out)

    return run


def test_it_says_everything_of_a_paper_and_saves_nothing(assemble, bank):
    status, report = assemble("--seed", "5")
    [form] = report.pop("forms")
    assert (status, report) == (
        0,
        {"item": "so-elec-lv", "seed": 5, "minutes": 9, "warnings": [], "shortfalls": []},
    )
    assert [question["number"] for question in form["questions"]] == [1, 2, 3, 4, 5]
    assert sum(question["knowledge_points"] == ["急救"] for question in form["questions"]) >= 2
    assert form["questions"][0].keys() == {
        "number",
        "id",
        "version",
        "state",
        "type",
        "stem",
        "options",
        "answer",
        "difficulty",
        "knowledge_points",
    }
    assert Paper.objects.count() == 0
    assert assemble("--seed", "5")[1]["forms"] == [form]


def test_what_is_lacking_is_said_for_each_quota(assemble, bank):
    status, report = assemble("--forms", "2")
    assert (status, report["forms"]) == (1, [])
    assert report["shortfalls"] == [
        {
            "quota": {"type": "single", "count": 2, "knowledge_point": "急救"},
            "needed": 4,
            "lacking": 2,
            "message": "单选题、知识点“急救”：需要 4 道，还差 2 道。",
        }
    ]


def test_a_knowledge_point_that_does_not_exist_is_named_with_those_that_do(assemble, bank):
    rules = {"quotas": [{"type": "single", "count": 1, "knowledge_point": "急就"}]}
    status, report = assemble(rules=rules)
    assert (status, report["shortfalls"][0]["lacking"]) == (1, 1)
    assert report["warnings"] == ["第 1 项的知识点“急就”在“低压电工”里没有，可选的有：急救。"]


def test_retired_questions_and_those_whose_day_is_past_are_not_taken(assemble, bank, author):
    retire_question(bank[0], by=author)
    type(bank[1]).objects.filter(pk=bank[1].pk).update(valid_to="2020-01-01")
    assert assemble()[1]["shortfalls"][0]["lacking"] == 1
    assert assemble("--reviewed-only")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "rules", "sentence"),
    [
        ((), "{", "不是 UTF-8 的 JSON"),
        ((), {"quotas": []}, "蓝图里没有 quotas"),
        (("--forms", "0"), RULES, "--forms 应是 1 到 20 的整数，现为 0。"),
        (("--seed", "9" * 30), RULES, "--seed 太大"),
        (("--institution", "无名"), RULES, "没有名为“无名”的机构"),
        (("--blueprint", "/nowhere.json"), RULES, "读不到蓝图文件"),
    ],
)
def test_what_cannot_be_read_is_answered_with_one_line(assemble, bank, arguments, rules, sentence):
    status, line = assemble(*arguments, rules=rules)
    assert (status, sentence in line, "\n" in line) == (2, True, False)


def test_saving_twice_keeps_the_papers_once_and_they_can_still_be_made_again(assemble, bank, author):
    rules = {"quotas": [{"type": "single", "count": 3}]}
    first = assemble("--forms", "2", "--save", "期中", rules=rules)
    assert assemble("--forms", "2", "--save", "期中", rules=rules) == first
    papers = list(Paper.objects.order_by("form"))
    assert [(paper.title, paper.minutes, paper.created_by) for paper in papers] == [
        ("期中 第 1 套", 3, author),
        ("期中 第 2 套", 3, author),
    ]
    assert [[entry.question_id for entry in paper.entries.all()] for paper in papers] == [
        [question["id"] for question in form["questions"]] for form in first[1]["forms"]
    ]


def test_the_next_paper_takes_what_the_saved_one_left(assemble, bank):
    rules = {"quotas": [{"type": "single", "count": 4}]}
    taken = [
        {
            question["id"]
            for question in assemble("--seed", seed, "--save", "卷", rules=rules)[1]["forms"][0]["questions"]
        }
        for seed in ("1", "2")
    ]
    assert taken[0] & taken[1] == set()


def test_another_institutions_questions_are_taken_only_when_none_is_named(assemble, bank, write, person):
    write(person(Role.AUTHOR, "乙培训机构"))
    rules = {"quotas": [{"type": "single", "count": 9}]}
    assert (assemble(rules=rules)[0], assemble("--institution", "甲培训机构", rules=rules)[0]) == (0, 1)
