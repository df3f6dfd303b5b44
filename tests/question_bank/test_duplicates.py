"""Which two questions of a bank are shown beside each other, and as what."""

import pytest

from question_bank.content import Content
from question_bank.likeness.duplicates import PairKind, find_pairs, means_otherwise

STEM = "在低压配电线路上工作时，应先验电再装设接地线，工作完毕后拆除。"
OPTIONS = ("切断电源", "拨打电话", "泼水降温")


def statement(stem=STEM, answer="T"):
    return Content(type="true_false", stem=stem, options=(), answer=(answer,))


def single(stem="发现有人触电后现场人员应首先怎么做？", options=OPTIONS, answer="A"):
    return Content(type="single", stem=stem, options=options, answer=(answer,))


def kinds(*contents):
    return [(pair.first, pair.second, pair.kind) for pair in find_pairs(enumerate(contents, start=1))]


@pytest.mark.parametrize(
    ("first", "second", "otherwise"),
    [
        ("可以带电作业", "不可以带电作业", True),
        ("有票作业", "无票作业", True),
        ("电气人员", "非电气人员", True),
        ("可以入内", "严禁入内", True),
        ("电压 36 V", "电压 24 V", True),
        ("电压 3.6 V", "电压 36 V", True),
        ("由两人进行", "由三人进行", True),
        ("电压３６Ｖ", "电压 36 V", False),
        ("应当先断电", "应先断电", False),
    ],
)
def test_a_number_or_a_negation_makes_another_question(first, second, otherwise):
    assert means_otherwise(first, second) == means_otherwise(second, first) == otherwise


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (statement(), PairKind.SAME),
        (statement(STEM.replace("，", " ， ")), PairKind.SAME),
        (statement(answer="F"), PairKind.CONTRADICTION),
        (statement(STEM.replace("工作完毕后", "工作结束后")), PairKind.NEAR),
        (statement(STEM.replace("完毕后", "完毕后不")), None),
        (statement(STEM.replace("低压", "10 kV ")), None),
        (statement("高处作业应系挂安全带。"), None),
        (single(STEM), None),
    ],
)
def test_a_statement_and_another_make_a_pair_or_none(other, kind):
    assert kinds(statement(), other) == ([(1, 2, kind)] if kind else [])


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (single(options=OPTIONS[::-1], answer="C"), PairKind.SAME),
        (single(options=OPTIONS[::-1], answer="A"), PairKind.CONTRADICTION),
        (single(answer="B"), PairKind.CONTRADICTION),
        (single("发现有人触电后，现场的人员应首先怎么做？"), PairKind.NEAR),
        (single("发现有人触电后，现场的人员应首先怎么做？", ("甲乙丙", "丁戊己", "庚辛壬")), None),
        (single(options=("切断电源 1 次", "拨打电话", "泼水降温")), None),
    ],
)
def test_a_choice_and_another_make_a_pair_or_none(other, kind):
    assert kinds(single(), other) == ([(1, 2, kind)] if kind else [])


def test_contradictions_come_first_and_each_pair_once():
    near = statement(STEM.replace("工作完毕后", "工作结束后"))
    found = kinds(statement(), near, single(), single(answer="B"))
    assert found == [(3, 4, PairKind.CONTRADICTION), (1, 2, PairKind.NEAR)]
