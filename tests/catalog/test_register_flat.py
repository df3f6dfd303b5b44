"""The flat form of the register: each text one object, succession and other names as words."""

import json
from datetime import date

import pytest

from catalog.citations.citation import Citation, CitationKind
from catalog.models import Instrument, InstrumentAlias, InstrumentVersion, Succession
from catalog.register.files import import_register
from catalog.register.standing import standing_register

pytestmark = pytest.mark.django_db

LADDER_2019 = {
    "id": "rule-ladder-7",
    "title": "登高设备安全管理规定",
    "number": "某部令第7号",
    "type": "departmental rule",
    "issuer": "某部",
    "publish_date": "2019-01-10",
    "effective_date": "2019-03-01",
    "status": "replaced 2026-06-01",
    "replaced_by": [],
    "verified": "verified",
}
LADDER_2026 = {
    "id": "rule-ladder-9",
    "title": "登高设备安全管理规定",
    "number": "某部令第9号(含附件)",
    "type": "departmental rule",
    "publish_date": "2026-01-10",
    "effective_date": "2026-06-01",
    "status": "in force",
    "replaces": ["rule-ladder-7"],
    "verified": "verified_third_party",
    "catalog_hint": ["so-height-*"],
}
LADDER_LAW = {
    "id": "law-ladder-2025",
    "title": "中华人民共和国登高法(2025修正)",
    "number": None,
    "type": "law",
    "publish_date": "2025-01-01",
    "effective_date": "2025-02-01",
    "status": "in force",
    "replaces": ["登高法 2001", "annex of rule-ladder-7"],
    "verified": "unverified",
}
LADDER_STANDARD = {
    "id": "std-gb99001-2025",
    "title": "梯子和脚手架 安全要求",
    "number": "GB 99001-2025",
    "type": "technical standard",
    "publish_date": None,
    "effective_date": "2026-08-01",
    "status": "in force until 2030-12-31",
    "replaces": ["GB 99002-2008", "GB/T 99001-2008"],
    "verified": "verified",
}
ALL = (LADDER_2019, LADDER_2026, LADDER_LAW, LADDER_STANDARD)


def flat(*entries):
    return json.dumps({"as_of": "2026-11-01", "instruments": entries}, ensure_ascii=False).encode()


def test_texts_dates_and_succession_are_taken():
    done = import_register(flat(*ALL), name="x.json")
    assert ([version.slug for version in done.created], done.problems) == ([each["id"] for each in ALL], [])
    columns = ("instrument__slug", "instrument__kind", "slug")
    columns += ("published", "effective", "expires", "verified")
    told = InstrumentVersion.objects.order_by("slug").values_list(*columns)
    assert list(told) == [
        ("law-ladder", "law", "law-ladder-2025", date(2025, 1, 1), date(2025, 2, 1), None, "no"),
        (
            "rule-ladder-9",
            "departmental_rule",
            "rule-ladder-7",
            date(2019, 1, 10),
            date(2019, 3, 1),
            date(2026, 6, 1),
            "text",
        ),
        (
            "rule-ladder-9",
            "departmental_rule",
            "rule-ladder-9",
            date(2026, 1, 10),
            date(2026, 6, 1),
            None,
            "third_party",
        ),
        (
            "std-gb99001",
            "technical_standard",
            "std-gb99001-2025",
            None,
            date(2026, 8, 1),
            date(2031, 1, 1),
            "text",
        ),
    ]
    assert set(Succession.objects.values_list("older__slug", "newer__slug", "partial")) == {
        ("rule-ladder-7", "rule-ladder-9", False),
        ("rule-ladder-7", "law-ladder-2025", True),
    }


def test_a_text_that_replaces_another_wholly_is_the_same_instrument_under_its_new_name():
    renamed = LADDER_2026 | {"id": "rule-ladder-2026", "title": "登高作业安全管理规定"}
    import_register(flat(LADDER_2019, renamed | {"replaces": ["rule-ladder-7"]}), name="x.json")
    assert list(Instrument.objects.values_list("slug", "title")) == [("rule-ladder", "登高作业安全管理规定")]


def test_titles_states_and_brackets_are_as_chinese_readers_have_them():
    import_register(flat(*ALL), name="x.json")
    told = InstrumentVersion.objects.order_by("slug").values_list("title", "number", "status")
    assert list(told) == [
        ("中华人民共和国登高法（2025修正）", "", "现行有效"),
        ("登高设备安全管理规定", "某部令第7号", "自2026-06-01起被代替"),
        ("登高设备安全管理规定", "某部令第9号（含附件）", "现行有效"),
        ("梯子和脚手架 安全要求", "GB 99001-2025", "现行有效；至2030-12-31"),
    ]
    assert Instrument.objects.get(slug="law-ladder").title == "中华人民共和国登高法"


def test_old_numbers_become_names_under_which_courses_are_found():
    import_register(flat(*ALL), name="x.json")
    assert set(InstrumentAlias.objects.values_list("instrument__slug", "name")) == {
        ("std-gb99001", "GB 99002-2008"),
        ("std-gb99001", "GB/T 99001-2008"),
    }
    cited = Citation("GB 99002—2008", CitationKind.STANDARD, 0, 13, code="GB 99002", year=2008)
    match = standing_register().register.match(cited)
    assert match.instrument == Instrument.objects.get(slug="std-gb99001").pk


def test_the_older_text_may_tell_its_successor():
    older = LADDER_2019 | {"replaced_by": ["rule-ladder-9 (partly)"]}
    import_register(flat(older, LADDER_2026 | {"replaces": []}), name="x.json")
    assert list(Succession.objects.values_list("older__slug", "newer__slug", "partial")) == [
        ("rule-ladder-7", "rule-ladder-9", True)
    ]


def test_an_unknown_date_is_flagged_and_stays_unknown():
    done = import_register(flat(LADDER_STANDARD), name="x.json")
    assert done.undated == [("第 1 条《梯子和脚手架 安全要求》", ["发布日期"])]
    assert InstrumentVersion.objects.get().published is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"publish_date": "2026-09-01"},
            "施行日期 2026-08-01 早于发布日期 2026-09-01，请核对两个日期。",
        ),
        ({"replaces": ["rule-nowhere-1"]}, "被代替的版本「rule-nowhere-1」既不在文件里，也没有登记过。"),
        ({"type": "standard"}, None),
        ({"verified": "yes"}, None),
        ({"effective_date": "soon"}, "施行日期「soon」不是日期，请写成 2026-06-01；不知道就留空，不要估计。"),
        ({"status": "repealed 2026-13-01"}, None),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken(changes, message):
    done = import_register(flat(LADDER_2019, LADDER_2026, LADDER_STANDARD | changes), name="x.json")
    assert [problem.where for problem in done.problems] == ["第 3 条"]
    assert message in (None, done.problems[0].message)
    assert not InstrumentVersion.objects.exists()


def test_a_second_import_changes_nothing_and_words_of_ours_stand():
    import_register(flat(*ALL), name="x.json")
    InstrumentVersion.objects.filter(slug="law-ladder-2025").update(status="现行", number="主席令第1号")
    Instrument.objects.filter(slug="law-ladder").update(slug="law-of-ladders")
    done = import_register(flat(*ALL), name="x.json")
    assert (done.same, done.changed, done.problems) == (4, [], [])
    assert InstrumentVersion.objects.get(slug="law-ladder-2025").instrument.slug == "law-of-ladders"


@pytest.mark.parametrize(
    "broken", [[1, None, LADDER_LAW], [{"id": 5, "type": ["law"]}], [{"id": "", "type": ""}]]
)
def test_what_is_no_register_is_refused_with_sentences(broken):
    done = import_register(flat(*broken), name="x.json")
    assert done.problems
    assert not InstrumentVersion.objects.exists()
