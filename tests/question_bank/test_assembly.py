"""Papers by blueprint: overlapping quotas, forms without overlap, repeatable, least used first."""

from collections import Counter

import pytest

from question_bank.papers.assembly import Candidate, assemble
from question_bank.papers.blueprints import BadBlueprint, read_plan

KINDS = ("true_false", "single", "multiple")


def plan(*quotas):
    return read_plan(
        {
            "quotas": [
                dict(zip(("type", "count", "knowledge_point", "difficulty"), quota, strict=False))
                for quota in quotas
            ]
        }
    )


def one(number, kind="single", *points, difficulty=None, used=0):
    return Candidate(number, kind, difficulty, frozenset(points), used)


def test_the_general_quota_leaves_the_special_one_what_it_needs():
    bank = [one(number, "single", *(("急救",) if number < 5 else ())) for number in range(15)]
    made = assemble(plan(("single", 10), ("single", 5, "急救")), bank)
    assert (made.shortfalls, sorted(made.forms[0])) == ([], list(range(15)))


def test_a_chain_of_overlaps_is_untangled():
    bank = [one(1, "single", "甲"), one(2, "single", "甲", "乙"), one(3, "single", "乙", "丙")]
    made = assemble(plan(("single", 1, "乙"), ("single", 1, "丙"), ("single", 1, "甲")), bank)
    assert sorted(made.forms[0]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("bank", "lacking"),
    [
        ([one(n, "single", *(("急救",) if n < 2 else ())) for n in range(20)], {"单选题、知识点“急救”": 3}),
        ([one(n) for n in range(10)], {"单选题、知识点“急救”": 5}),
        ([one(n, "single", "急救") for n in range(12)], {"单选题、知识点“急救”": 3}),
        ([], {"单选题": 10, "单选题、知识点“急救”": 5}),
    ],
)
def test_what_cannot_be_met_is_said_of_the_quota_that_lacks_it(bank, lacking):
    made = assemble(plan(("single", 10), ("single", 5, "急救")), bank)
    assert (made.forms, {str(found.quota): found.lacking for found in made.shortfalls}) == ([], lacking)


def test_forms_share_no_question_and_each_holds_what_the_blueprint_says():
    bank = [one(n, KINDS[n % 3], f"点{n % 4}", difficulty=n % 3 + 1) for n in range(300)]
    by_id = {candidate.id: candidate for candidate in bank}
    made = assemble(plan(("true_false", 6), ("single", 5, "点1"), ("single", 4, None, 2)), bank, forms=4)
    assert max(Counter(n for form in made.forms for n in form).values()) == 1
    for form in made.forms:
        questions = [by_id[number] for number in form]
        assert Counter(question.type for question in questions) == {"true_false": 6, "single": 9}
        assert sum("点1" in question.knowledge_points for question in questions) >= 5
        assert sum(question.type == "single" and question.difficulty == 2 for question in questions) >= 4
        assert [question.type for question in questions] == ["true_false"] * 6 + ["single"] * 9


def test_the_same_seed_gives_the_same_papers_in_whatever_order_the_bank_is_read():
    bank = [one(n) for n in range(100)]
    rules = plan(("single", 20))
    first = assemble(rules, bank, forms=2, seed=7)
    assert assemble(rules, bank[::-1], forms=2, seed=7) == first
    assert assemble(rules, bank, forms=2, seed=8) != first


def test_the_least_used_questions_are_taken_first():
    bank = [one(n, used=n % 3) for n in range(90)]
    made = assemble(plan(("single", 40)), bank)
    assert Counter(number % 3 for number in made.forms[0]) == {0: 30, 1: 10}


def test_no_form_is_harder_than_another():
    bank = [one(n, difficulty=n % 3 + 1) for n in range(30)]
    made = assemble(plan(("single", 10)), bank, forms=3)
    sums = [sum(number % 3 + 1 for number in form) for form in made.forms]
    assert max(sums) - min(sums) <= 2


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([], "蓝图应是一个 JSON 对象"),
        ({}, "蓝图里没有 quotas"),
        ({"quotas": []}, "蓝图里没有 quotas"),
        ({"quota": []}, "不认识的 'quota'"),
        ({"quotas": [1]}, "第 1 项应是一个 JSON 对象"),
        ({"quotas": [{"type": "essay", "count": 1}]}, "第 1 项的 type 应为"),
        ({"quotas": [{"type": ["single"], "count": 1}]}, "第 1 项的 type 应为"),
        ({"quotas": [{"type": "single"}]}, "第 1 项没有 count"),
        ({"quotas": [{"type": "single", "count": True}]}, "第 1 项的 count 应是 1 到 1000 的整数"),
        ({"quotas": [{"type": "single", "count": 1}, {"type": "single", "count": -1}]}, "第 2 项的 count"),
        ({"quotas": [{"type": "single", "count": 1.5}]}, "第 1 项的 count"),
        ({"quotas": [{"type": "single", "count": 1, "knowledgepoint": "甲"}]}, "不认识的 'knowledgepoint'"),
        ({"quotas": [{"type": "single", "count": 1, "knowledge_point": 3}]}, "应是知识点的名称"),
        ({"quotas": [{"type": "single", "count": 1, "difficulty": 4}]}, "difficulty 应为 1"),
        ({"quotas": [{"type": "single", "count": 600}] * 2}, "各项合计 1200 道题"),
        ({"minutes": 0, "quotas": [{"type": "single", "count": 1}]}, "minutes 应是 1 到 1440 的整数"),
    ],
)
def test_a_bad_blueprint_is_refused_with_one_sentence(rules, sentence):
    with pytest.raises(BadBlueprint, match=sentence):
        read_plan(rules)


def test_a_paper_has_a_minute_for_each_question_and_less_is_pointed_out():
    rules = {"quotas": [{"type": "判断题", "count": 30, "difficulty": "难"}]}
    assert (read_plan(rules).minutes, read_plan(rules).warning) == (30, None)
    short = read_plan(rules | {"minutes": 20})
    assert short.warning == "每题限时 60 秒，30 道题最多用 30 分钟，蓝图只给 20 分钟。（附件3第32项）"
    assert read_plan(short.as_rules()) == short
