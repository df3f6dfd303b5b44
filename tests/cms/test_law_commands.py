"""What find_citations and compare_law_texts promise on the command line, without a database."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.catalog.law_texts import ANSWER, NEW, OLD

TEXT = "\ufeff依据《安全生产法》第二十五条第（二）项、\r\nGB/T 13869—2017和粤应急规〔2022〕3号。"


def run(capsys, *arguments):
    call_command(*map(str, arguments))
    return capsys.readouterr().out


def test_find_citations_gives_each_with_its_place_in_the_text(tmp_path, capsys):
    path = tmp_path / "讲 稿.txt"
    path.write_bytes(TEXT.encode())
    nothing = dict.fromkeys(["title", "code", "number", "year"])
    assert json.loads(run(capsys, "find_citations", path, "--json")) == [
        nothing
        | {
            "text": "《安全生产法》第二十五条第（二）项",
            "kind": "instrument",
            "start": 2,
            "end": 19,
            "title": "安全生产法",
            "articles": ["第二十五条第二项"],
        },
        nothing
        | {
            "text": "GB/T 13869—2017",
            "kind": "standard",
            "start": 21,
            "end": 36,
            "code": "GB/T 13869",
            "year": 2017,
            "articles": [],
        },
        nothing
        | {
            "text": "粤应急规〔2022〕3号",
            "kind": "document_number",
            "start": 37,
            "end": 49,
            "number": "粤应急规〔2022〕3号",
            "year": 2022,
            "articles": [],
        },
    ]


def test_find_citations_reads_standard_input_and_writes_lines_for_people(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode("gb18030"))))
    assert run(capsys, "find_citations", "-").splitlines() == [
        "2–19\t法规\t《安全生产法》 第二十五条第二项",
        "21–36\t标准\tGB/T 13869-2017",
        "37–49\t文号\t粤应急规〔2022〕3号",
    ]


def test_find_citations_says_so_when_there_are_none(tmp_path, capsys):
    path = tmp_path / "x.txt"
    path.write_text("学法懂法", encoding="utf-8")
    assert run(capsys, "find_citations", path) == "没有找到引用的法规、标准或文号。\n"
    assert json.loads(run(capsys, "find_citations", path, "--json")) == []


@pytest.fixture
def laws(tmp_path):
    for name, text in (("旧.md", OLD), ("新.txt", NEW), ("空.txt", "没有条文")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_compare_law_texts_names_every_article_of_both(laws, capsys):
    report = json.loads(run(capsys, "compare_law_texts", laws / "旧.md", laws / "新.txt", "--json"))
    found = {
        (row["old"], row["new"], row["change"], " ".join(f"{n['old']}→{n['new']}" for n in row["numbers"]))
        for row in report
    }
    assert found == ANSWER
    assert {row["similarity"] for row in report if row["change"] in ("same", "renumbered")} == {1.0}


def test_compare_law_texts_in_words_names_the_changed_numbers(laws, capsys):
    lines = run(capsys, "compare_law_texts", laws / "旧.md", laws / "新.txt").splitlines()
    assert lines[0] == "第一条 → 第一条\t未变\t相似度 1.00"
    assert lines[3] == "— → 第四条\t新增"
    assert lines[4].endswith("\t三年 → 五年")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("旧.md", "空.txt", "「空.txt」里没有以“第一条”这样开头的行，请确认是分条的法规文本。"),
        ("没有.txt", "新.txt", "读不到文件 {laws}/没有.txt，请核对路径和权限。"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(laws, old, new, said):
    with pytest.raises(CommandError) as refusal:
        call_command("compare_law_texts", str(laws / old), str(laws / new))
    assert (str(refusal.value), refusal.value.returncode) == (said.format(laws=laws), 2)
