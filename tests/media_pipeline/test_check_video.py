"""The command, and the files people send that are no videos."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from media_pipeline.limits.thresholds import DEFAULT_PROFILE

ROOT = Path(__file__).parents[2]
KEYS = {"file", "readable", "error", "duration_s", "video", "audio", "verdict", "checks", "av_sync"}


def run(capfd, *arguments) -> tuple[int, str, str]:
    """Exit status, standard output and standard error, of C libraries too."""
    with pytest.raises(SystemExit) as ended:
        call_command("check_video", *map(str, arguments))
    return ended.value.code, *capfd.readouterr()


def test_a_good_file_is_reported_as_promised(clips, capfd):
    status, out, err = run(capfd, clips.lecture(), "--json")
    [report] = json.loads(out)
    assert (status, err) == (0, "")
    assert set(report) == KEYS
    assert (report["readable"], report["error"], report["verdict"]) == (True, None, "pass")
    assert set(report["video"]) == {"codec", "width", "height", "fps", "variable_fps", "rotation", "bit_rate"}
    assert set(report["audio"]) == {"codec", "channels", "sample_rate", "bit_rate"}
    assert report["av_sync"] == {
        "offset_ms": None,
        "confidence": 0.0,
        "method": "container",
        "drift_ms": None,
        "windows": [],
    }
    assert {tuple(check) for check in report["checks"]} == {
        ("id", "title", "verdict", "value", "unit", "threshold", "message", "clause", "evidence")
    }


def test_several_files_end_with_the_worst_status(clips, capfd, tmp_path):
    small = clips.lecture(picture_filter="scale=426:240")
    (empty := tmp_path / "空 的.mp4").touch()
    assert run(capfd, clips.lecture(), small)[0] == 1
    status, out, err = run(capfd, clips.lecture(), small, empty, "--json")
    assert status == 2
    assert [report["verdict"] for report in json.loads(out)] == ["pass", "fail", "unreadable"]
    assert err.strip() == f"{empty}：文件是空的（0 字节），多半没有传完；请重新上传。"


def test_the_table_says_in_words_what_was_found(clips, capfd):
    status, out, _ = run(capfd, clips.lecture())
    assert status == 0
    assert f"{clips.lecture()}：合格" in out
    assert "  [合格] 分辨率：画面为 1280×720，短边 720 线，达到高清。（附件3第8项）" in out
    assert "  [待人工确认] 音画同步：" in out


def hostile(folder: Path, whole: bytes) -> dict[str, bytes]:
    (folder / "neighbour.mp4").write_bytes(whole)
    return {
        "zero.mp4": b"",
        "concat.mp4": b"ffconcat version 1.0\nfile neighbour.mp4\n",
        "playlist.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nneighbour.mp4\n#EXT-X-ENDLIST\n",
        "picture.mp4": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "archive.mp4": b"PK\x03\x04" + bytes(100),
        "truncated.mp4": whole[: len(whole) * 3 // 4],
        "header-only.mp4": whole[:48],
        "noise.mp4": b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 50,
        "noise.webm": b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 50,
        "noise.ts": (b"\x47" + bytes(range(187))) * 100,
        "noise.avi": b"RIFF\xff\xff\x00\x00AVI " + bytes(range(256)) * 50,
        "noise.mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 50,
        "noise.flv": b"FLV\x01\x05\x00\x00\x00\x09" + bytes(range(256)) * 50,
    }


def test_every_hostile_file_gets_one_sentence_and_nothing_else(clips, capfd, tmp_path):
    files = hostile(tmp_path, clips.lecture().read_bytes())
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    status, out, err = run(capfd, *(tmp_path / name for name in files), "--json")
    reports = json.loads(out)
    assert status == 2
    assert [report["verdict"] for report in reports] == ["unreadable"] * len(files)
    assert all(report["error"].endswith("。") and report["checks"] == [] for report in reports)
    assert len(err.splitlines()) == len(files)


def test_a_playlist_behind_a_true_header_opens_no_neighbour(clips, capfd, tmp_path):
    """Even when the first bytes pass, the demuxer is forced: the text after them is never followed."""
    (tmp_path / "neighbour.mp4").write_bytes(clips.lecture().read_bytes())
    disguised = tmp_path / "disguised.mp4"
    disguised.write_bytes(
        b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00ffconcat version 1.0\nfile neighbour.mp4\n"
    )
    status, _, err = run(capfd, disguised)
    assert status == 2
    assert "没有录完或没有传完" in err


def test_a_name_that_looks_like_an_option_is_a_name(clips, tmp_path, capfd, monkeypatch):
    (tmp_path / "-video 中文.mp4").write_bytes(clips.lecture().read_bytes())
    monkeypatch.chdir(tmp_path)
    assert run(capfd, "--json", "--", "-video 中文.mp4")[0] == 0


def test_a_missing_file_is_one_line_and_status_two(capfd, tmp_path):
    status, _, err = run(capfd, tmp_path / "没有.mp4", "--json")
    assert (status, err.strip()) == (2, f"{tmp_path / '没有.mp4'}：文件不存在。")


def test_a_name_that_is_no_text_is_one_sentence(capfd, tmp_path):
    status, out, err = run(capfd, tmp_path / os.fsdecode("课程".encode("gb18030") + b".mp4"), "--json")
    [report] = json.loads(out)
    assert (status, report["error"]) == (2, "文件名里有无法识别的字符（不是 UTF-8）；请改名后再检查。")
    assert err.endswith(f"{report['error']}\n")


def test_no_database_is_opened(clips, tmp_path):
    """No test here may use one; a process of its own has none either."""
    environment = {
        "ANKE_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "PATH": "",
    }
    command = [sys.executable, "manage.py", "check_video", str(clips.lecture()), "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["verdict"] == "pass"


def test_other_limits_come_from_a_file(clips, capfd, tmp_path):
    strict = tmp_path / "严格.json"
    strict.write_text(
        '{"name": "高清课程", "version": "2", "limits": {"lines_fail": 1080, "lines_warn": 1080}}'
    )
    status, out, _ = run(capfd, clips.lecture(), "--profile", strict, "--json")
    [report] = json.loads(out)
    assert (status, report["verdict"]) == (1, "fail")
    assert set(report) == KEYS


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "阈值文件不是 JSON；用 --show-profile 可得到一份样本。"),
        ("[]", '阈值文件要写成 {"name": …, "version": …, "limits": {名称: 数值}}。'),
        (
            '{"name": "高清", "version": "1", "limits": {"lines_fail": "多"}}',
            "「短边低于此线数不合格」要填一个数，填的是「多」。",
        ),
    ],
)
def test_a_file_of_limits_that_is_off_ends_with_two_and_a_sentence(clips, capfd, tmp_path, text, sentence):
    (tmp_path / "x.json").write_text(text)
    status, out, err = run(capfd, clips.lecture(), "--profile", tmp_path / "x.json")
    assert (status, out, err.strip()) == (2, "", f"{tmp_path / 'x.json'}：{sentence}")


def test_the_built_in_limits_are_printed_as_such_a_file(capfd):
    call_command("check_video", "--show-profile")
    assert json.loads(capfd.readouterr().out) == DEFAULT_PROFILE.to_json()
