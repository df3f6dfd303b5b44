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


FINES = """第一条 未设置安全出口的，责令限期改正，处一万元以上五万元以下的罚款；情节严重的，责令停产停业整顿。
第二条 堵塞消防通道的，责令立即改正，处一万元以上五万元以下的罚款。
第三条 锅炉超过检验期限继续使用的，责令停止使用，处三万元以上十万元以下的罚款。
第四条 县级以上地方各级人民政府应当按照国家有关规定，组织有关部门检查本行政区域内的锅炉房。
"""


@pytest.fixture
def fines():
    after = FINES.replace("一万元以上五万元", "二万元以上八万元").replace("三万元", "五万元")
    olds, news = split_articles(FINES), split_articles(after.replace("锅炉房", "锅炉和压力容器"))
    changes = compare_articles(olds, news)
    return ChangedLaw(changes, {one.number: one.text for one in olds}, {one.number: one.text for one in news})


@pytest.mark.parametrize(
    "text",
    [
        "某厂私拉电线的，责令限期改正，处一万元以上五万元以下的罚款；情节严重的，责令停产停业整顿。",
        "县级以上地方各级人民政府应当按照国家有关规定，组织有关部门检查本行政区域内的矿山。",
        "对其直接负责的主管人员和其他直接责任人员处一万元以上二万元以下的罚款。",
    ],
)
def test_what_every_law_says_alike_is_no_quote(fines, text):
    assert fines.quotes(text) == []


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("未设置安全出口的，处1万元以上5万元以下的罚款，对吗？", "第一条"),
        ("锅炉超过检验期限继续使用的，最高罚多少？A.3万元 B.10万元", "第三条"),
        ("处三万元以上十万元以下罚款", "第三条"),
    ],
)
def test_a_fine_is_a_quote_when_the_words_tell_which_one(fines, text, article):
    assert [(quote.old, quote.weight) for quote in fines.quotes(text)] == [(article, 3)]
