"""Which entry of the register a citation means."""

import pytest

from catalog.citations.matching import Entry, Match, Register
from catalog.citations.places import found_in

REGISTER = Register.of(
    [
        Entry(1, 11, ("中华人民共和国安全生产法", "安法"), "主席令第88号"),
        Entry(2, 21, ("高处作业分级",), "GB/T 3608-2008"),
        Entry(2, 22, ("高处作业分级",), "GB 3608-2025"),
        Entry(3, 31, ("特种作业人员安全技术培训考核管理规定",), "国家安全监管总局令第30号（63、80号令修正）"),
        Entry(3, 32, ("特种作业人员安全技术培训考核管理规定",), "应急管理部令第19号"),
        Entry(4, 41, ("仓储场所消防安全管理通则",), "XF 1131-2014"),
        Entry(5, 51, ("某通知",), "粤应急规〔2022〕3号"),
        Entry(6, 61, ("爆炸性环境 第1部分：设备 通用要求",), "GB/T 3836.1-2021"),
    ]
)


@pytest.mark.parametrize(
    ("text", "match", "article"),
    [
        ("《安全生产法》第二十五条", Match(1), "第二十五条"),
        ("《中华人民共和国安全生产法（2021修正）》", Match(1), ""),
        ("《安法》第三条", Match(1), "第三条"),
        ("符合GB/T 3608的要求", Match(2), ""),
        ("符合GB 3608的要求", Match(2), ""),
        ("按GB/T 3608—2008执行", Match(2, 21), ""),
        ("按GB 3608－2025执行", Match(2, 22), ""),
        ("按GB/T 3608-2025执行", Match(2, 22), ""),
        ("国标三六零八规定", Match(2), ""),
        ("《高处作业分级》（GB/T 3608-2008）", Match(2, 21), ""),
        ("国家安全生产监督管理总局令第30号", Match(3, 31), ""),
        ("总局30号令", Match(3, 31), ""),
        ("应急管理部第十九号令", Match(3, 32), ""),
        ("GA 1131-2014", Match(4, 41), ""),
        ("粤应急规[2022]3号", Match(5, 51), ""),
        ("《爆炸性环境　第1部分：设备 通用要求》", Match(6), ""),
        ("GB/T 3836.1", Match(6), ""),
    ],
)
def test_a_citation_is_found_in_the_register(text, match, article):
    [found] = found_in(text, REGISTER)
    assert (found.match, found.article) == (match, article)


@pytest.mark.parametrize(
    "text", ["GB/T 3836.2-2021", "《消防法》第三条", "国务院令第30号", "GB 99999-2020", ""]
)
def test_what_the_register_does_not_hold_is_no_suggestion(text):
    assert list(found_in(text, REGISTER)) == []


def test_a_suggestion_brings_its_sentence():
    [found] = found_in("先断电。\n依照《安全生产法》第四条，要负责。再救人。", REGISTER)
    assert (found.words, found.context) == ("《安全生产法》第四条", "依照《安全生产法》第四条，要负责。")


def test_a_name_of_two_instruments_means_none_of_them():
    twice = Register.of([Entry(1, 11, ("安全规程",)), Entry(2, 21, ("安全规程",))])
    assert list(found_in("《安全规程》第三条", twice)) == []
