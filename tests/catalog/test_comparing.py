"""Two texts of a law: which article became which, and which numbers changed."""

import random

import pytest

from catalog.comparing import Article, compare_articles, split_articles
from catalog.comparing.numbers import changed_numbers
from catalog.numerals import chinese
from tests.catalog.law_texts import ANSWER, NEW, OLD


def told(changes):
    return {
        (change.old, change.new, str(change.change), " ".join(f"{was}→{now}" for was, now in change.numbers))
        for change in changes
    }


def test_what_became_of_each_article_of_a_revised_rule():
    assert told(compare_articles(split_articles(OLD), split_articles(NEW))) == ANSWER


def test_a_text_is_the_same_as_itself():
    articles = split_articles(OLD)
    assert [(change.change, change.similarity) for change in compare_articles(articles, articles)] == (
        [("same", 1.0)] * 23
    )


@pytest.mark.parametrize("seed", range(5))
def test_95_of_100_articles_are_found_again_after_shuffling_and_renumbering(seed):
    old = split_articles(OLD)
    texts = random.Random(seed).sample(old, len(old))
    new = [Article(f"第{chinese(number)}条", article.text) for number, article in enumerate(texts, 1)]
    came_from = {article.number: source.number for article, source in zip(new, texts, strict=True)}
    changes = compare_articles(old, new)
    right = [change for change in changes if change.new and came_from[change.new] == change.old]
    assert len(right) >= 0.95 * len(old)


def test_every_article_of_both_stands_in_the_comparison_even_of_two_strangers():
    old = split_articles("第一条 甲乙丙丁。\n第二条 子丑寅卯。")
    new = split_articles("第一条 春夏秋冬四季。")
    assert told(compare_articles(old, new)) == {
        ("第一条", None, "removed", ""),
        ("第二条", None, "removed", ""),
        (None, "第一条", "added", ""),
    }


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第一条 甲。\n第二条之一 乙。\n第三条 丙。", ["第一条", "第二条之一", "第三条"]),
        ("目录\n第一条 目的\n第二条 范围\n\n第一条 为了安全。\n第二条 适用本法。", ["第一条", "第二条"]),
        ("第一条 依照\n第九条的规定办理。\n第二条 乙。", ["第一条", "第二条"]),
        ("第一条 依照\n第九条 的规定办理。\n第二条 乙。\n第三条 丙。", ["第一条", "第二条", "第三条"]),
        ("**第１条**　甲，见第八条。\r\n> 第二条：乙。", ["第一条", "第二条"]),
        ("第一条 甲。第二条　乙，见第五条。 第三条 丙。", ["第一条", "第二条", "第三条"]),
        ("第一条 甲。第九条规定的除外。\n第二条 乙。", ["第一条", "第二条"]),
        ("本办法没有分条。依照第一条办理。", []),
        ("", []),
    ],
)
def test_only_lines_that_begin_an_article_begin_one(text, numbers):
    assert [article.number for article in split_articles(text)] == numbers


def test_headings_marks_and_appendices_are_not_part_of_an_article():
    text = "第一条　甲\n乙。\n\n## 第二章　罚则\n\n**第二条**　丙。\n附件1：\n表格"
    assert split_articles(text) == [Article("第一条", "甲乙。"), Article("第二条", "丙。")]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("应当在三十日内报告", "应当在十五日内报告", [("三十日", "十五日")]),
        ("应当在30日内报告", "应当在三十日内报告", []),
        (
            "处二万元以上五万元以下罚款",
            "处5万元以上20万元以下罚款",
            [("二万元", "5万元"), ("五万元", "20万元")],
        ),
        ("处违法所得百分之三十的罚款", "处违法所得百分之五十的罚款", [("百分之三十", "百分之五十")]),
        ("年满十六周岁的人员", "年满十八周岁的人员", [("十六周岁", "十八周岁")]),
        ("依照第三条处五万元罚款", "依照第五条处五万元罚款", [("第三条", "第五条")]),
        ("依照第三条处五万元罚款", "依照第五条处六万元罚款", [("五万元", "六万元")]),
        ("学时不少于四十八学时", "培训不少于四十八学时", []),
        ("一般事故由县级政府调查", "一切事故由县级政府调查", []),
    ],
)
def test_numbers_change_when_their_worth_does(old, new, changed):
    assert changed_numbers(old, new) == changed
