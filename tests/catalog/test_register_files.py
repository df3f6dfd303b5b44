"""The register in and out as csv and json: all or nothing, every wrong row named, no date guessed."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from catalog.loading import load_instruments
from catalog.models import Instrument, InstrumentAlias, InstrumentVersion, Succession
from catalog.register.cells import UnreadableRegister
from catalog.register.files import export_rows, import_register
from catalog.register.row import COLUMNS
from catalog.register.writing import write_csv, write_json

pytestmark = pytest.mark.django_db
BASE = {"instrument": "law", "instrument_title": "某法", "kind": "法律", "slug": "law-1", "title": "某法"}


def csv_of(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS.values())
    writer.writeheader()
    writer.writerows({COLUMNS[name]: cell for name, cell in (BASE | row).items()} for row in rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_what_is_written_is_read_back_without_loss(write):
    load_instruments()
    InstrumentAlias.objects.create(
        instrument=Instrument.objects.get(slug="rule-special-ops"), name="特种规定"
    )
    before = list(export_rows())
    for model in (Succession, InstrumentVersion, Instrument):
        model.objects.all().delete()
    done = import_register(write(before).encode(), name="x")
    assert (len(done.created), done.problems) == (69, [])
    assert list(export_rows()) == before
    assert import_register(write(before).encode(), name="x").same == 69


def test_every_wrong_row_is_named_and_none_is_taken():
    wrong = csv_of(
        {"published": "2026-06-02", "effective": "2026-06-01"},
        {"slug": "law-2", "kind": "标准"},
        {"slug": "law-3", "published": "去年"},
        {"slug": "law-4", "replaces": "nowhere"},
        {"slug": "law-5"},
    )
    done = import_register(wrong, name="x.csv")
    assert [(problem.where, problem.message) for problem in done.problems] == [
        ("第 2 行", "施行日期 2026-06-01 早于发布日期 2026-06-02，请核对两个日期。"),
        (
            "第 3 行",
            "类别「标准」不认识，请填：法律、行政法规、地方性法规、部门规章、规范性文件、技术标准、新知识。",
        ),
        ("第 4 行", "发布日期「去年」不是日期，请写成 2026-06-01；不知道就留空，不要估计。"),
        ("第 5 行", "被代替的版本「nowhere」既不在文件里，也没有登记过。"),
    ]
    assert InstrumentVersion.objects.count() == 0


def test_an_unknown_date_is_flagged_and_stays_unknown():
    done = import_register(csv_of({"effective": "2026-06-01"}), name="x.csv")
    assert done.undated == [("第 2 行《某法》", ["发布日期"])]
    assert InstrumentVersion.objects.get().published is None


def test_an_empty_cell_erases_nothing_and_many_are_replaced_by_one():
    import_register(csv_of({"published": "2020-01-01"}, {"slug": "law-2"}), name="x.csv")
    done = import_register(
        csv_of(
            {}, {"slug": "law-3", "replaces": "law-1；law-2"}, {"slug": "law-2", "replaces_partly": "law-1"}
        ),
        name="x.csv",
    )
    assert (len(done.created), len(done.changed), done.same) == (1, 0, 2)
    assert str(InstrumentVersion.objects.get(slug="law-1").published) == "2020-01-01"
    ends = {(one.older.slug, one.newer.slug, one.partial) for one in Succession.objects.all()}
    assert ends == {("law-1", "law-3", False), ("law-2", "law-3", False), ("law-1", "law-2", True)}


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"\xff\xff\xff", b"a,b\n1,2", b'{"a": 1}'])
def test_what_is_no_register_gets_one_sentence(junk):
    with pytest.raises(UnreadableRegister, match=r"^「x」.*。$"):
        import_register(junk, name="x")


def test_a_spreadsheet_takes_no_cell_for_a_formula():
    import_register(csv_of({"note": "=1+1"}), name="x.csv")
    assert ",'=1+1," in write_csv(export_rows())


def test_the_commands_read_and_write_and_tell_how_many(tmp_path, capsys):
    load_instruments()
    for kind in ("csv", "json"):
        path = tmp_path / f"登记 表.{kind}"
        call_command("export_register", "--format", kind, "--out", str(path))
        call_command("import_register", str(path))
    assert capsys.readouterr().out.count("新增 0 个版本，改动 0 个，未变 69 个。") == 2
    data = json.loads(path.read_text())
    data["versions"][0] |= {"published": "2030-01-02", "effective": "2030-01-01"}
    path.write_text(json.dumps(data))
    with pytest.raises(CommandError, match="有 1 处要改") as refused:
        call_command("import_register", str(path))
    assert refused.value.returncode == 1
