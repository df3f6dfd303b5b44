import json

import pytest
from django.core.management import CommandError, call_command

from catalog.loading import INSTRUMENTS
from catalog.models import Instrument, InstrumentVersion

pytestmark = pytest.mark.django_db


def refusal(command, path):
    with pytest.raises(CommandError) as refused:
        call_command(command, str(path))
    assert refused.value.returncode == 2
    return str(refused.value)


def test_the_command_counts_what_it_did(capsys):
    call_command("load_catalog")
    call_command("load_catalog")
    assert capsys.readouterr().out.splitlines() == [
        "目录条目：新增 48，覆盖 0，保留原有 0。",
        "目录条目：新增 0，覆盖 0，保留原有 48。",
    ]


def test_a_missing_file_gets_one_sentence(tmp_path):
    missing = tmp_path / "没有.json"
    assert refusal("load_instruments", missing) == f"读不到文件 {missing}，请核对路径和权限。"


@pytest.mark.parametrize("junk", [b"not json", b"\xff\xfe\x00", b""])
def test_a_file_that_is_not_json_gets_one_sentence(tmp_path, junk):
    path = tmp_path / "x.json"
    path.write_bytes(junk)
    assert refusal("load_catalog", path) == "x.json 不是 UTF-8 编码的 JSON 文件，请核对文件。"


def test_the_file_of_the_other_command_gets_one_sentence():
    assert refusal("load_catalog", INSTRUMENTS).startswith("instruments.json 不是本命令的数据文件：")


def test_a_wrong_date_refuses_the_whole_file(tmp_path):
    data = json.loads(INSTRUMENTS.read_text(encoding="utf-8"))
    last = data["instruments"][-1]["versions"][-1]
    last["published"], last["effective"] = "2026-06-02", "2026-06-01"
    path = tmp_path / "x.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert refusal("load_instruments", path) == (
        "x.json 中有一条内容不合要求：施行日期不能早于发布日期，请核对两个日期。"
    )
    assert (Instrument.objects.count(), InstrumentVersion.objects.count()) == (0, 0)


def test_a_succession_to_nowhere_gets_one_sentence(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"instruments": [], "successions": [{"older": "a", "newer": "b"}]}))
    assert refusal("load_instruments", path) == ("x.json 的代替关系指向不存在的版本，请核对 older 和 newer。")
