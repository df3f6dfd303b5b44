"""Which sentences quote what a law changed."""

import pytest

from catalog.comparing import compare_articles, split_articles
from catalog.comparing.quoting import ChangedLaw

OLD = """第一条 为了加强管理，制定本规定。
第二条 特种作业操作证每三年复审一次，复审应当在期满前六十日内提出申请。
第三条 违反本规定的，处一万元以上五万元以下的罚款。
第四条 特种作业人员应当具备初中及以上文化程度并且身体健康。
第五条 本规定自发布之日起施行。"""
NEW = """第一条 为了加强管理，制定本规定。
第二条 新增的一条说的是档案应当保存多久以及由谁来保存。
第三条 特种作业操作证每三年复审一次，复审应当在期满前九十日内提出申请。
第四条 违反本规定的，处二万元以上十万元以下的罚款。
第五条 特种作业人员应当具备高中及以上文化程度并且身体健康，没有妨碍作业的疾病。
第六条 本规定自发布之日起施行。"""


@pytest.fixture(scope="module")
def law():
    olds, news = split_articles(OLD), split_articles(NEW)
    texts = ({article.number: article.text for article in articles} for articles in (olds, news))
    return ChangedLaw(compare_articles(olds, news), *texts)


@pytest.mark.parametrize(
    ("text", "cited", "quotes"),
    [
        ("复审应在期满前60日内提出申请。", "", [("第二条", ("第三条",), 3)]),
        ("可以处一万元以上五万元以下的罚款", "", [("第三条", ("第四条",), 3)]),
        ("应当具备初中及以上文化程度", "", [("第四条", ("第五条",), 2)]),
        ("依照第五条办理", "第五条", [("第五条", ("第六条",), 1)]),
        (
            "依照第二条、第三条办理",
            "第二条、第三条第一款",
            [("第二条", ("第三条",), 1), ("第三条", ("第四条",), 1)],
        ),
        ("特种作业操作证每三年复审一次", "", []),
        ("依照第一条", "第一条", []),
        ("", "", []),
    ],
)
def test_a_text_quotes_what_changed(law, text, cited, quotes):
    assert [(quote.old, quote.new, quote.weight) for quote in law.quotes(text, cited)] == quotes
