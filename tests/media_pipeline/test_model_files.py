"""Model files: the embedded one, what is verified, imported and downloaded, and what never happens."""

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command

from media_pipeline.transcripts import downloading, known_models, model_files
from media_pipeline.transcripts.known_models import KNOWN, File, KnownModel
from media_pipeline.transcripts.model_files import NoModel, ready, sha256_of, take_in, verify

CONTENTS = {
    "config.json": b"{}",
    "model.bin": b"weights" * 1000,
    "tokenizer.json": b"[]",
    "vocabulary.txt": "电".encode(),
}


@pytest.fixture
def tiny(tmp_path, monkeypatch) -> KnownModel:
    """A known model of a few bytes, and a folder `published` that holds its files."""
    folder = tmp_path / "published"
    folder.mkdir()
    for name, data in CONTENTS.items():
        (folder / name).write_bytes(data)
    files = {name: File(len(data), sha256_of(folder / name)) for name, data in CONTENTS.items()}
    model = KnownModel(files, "hub/tiny", "scope/tiny", "测试")
    monkeypatch.setitem(KNOWN, "tiny", model)
    return model


@pytest.fixture
def web(tmp_path):
    """A server of `tmp_path` that cannot continue a download, as some mirrors cannot."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    SimpleHTTPRequestHandler.log_message = lambda *_: None
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_embedded_model_is_joined_once_and_is_the_published_one(tmp_path):
    model = ready("base", tmp_path)
    made = (model.folder / "model.bin").stat().st_mtime_ns
    assert model.sha256 == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
    assert (ready("base", tmp_path), (model.folder / "model.bin").stat().st_mtime_ns) == (model, made)
    assert [path.name for path in tmp_path.iterdir()] == ["base"]


def test_of_two_who_make_a_model_at_once_ones_stays(tmp_path, monkeypatch):
    with model_files._appearing(tmp_path / "tiny") as second:
        (second / "config.json").write_bytes(b"second")
        with model_files._appearing(tmp_path / "tiny") as first:
            (first / "config.json").write_bytes(b"first")
        monkeypatch.setattr(Path, "exists", lambda path: False)  # it looked a moment before
    assert (tmp_path / "tiny" / "config.json").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


def test_a_model_that_is_not_there_says_the_next_command(tmp_path):
    with pytest.raises(NoModel, match="transcript_model download small"):
        ready("small", tmp_path)


@pytest.mark.parametrize("file", ["tokenizer.json", "model.bin"])
def test_a_folder_without_one_of_its_files_is_not_used(tiny, tmp_path, file):
    model = take_in(tmp_path / "published", tmp_path / "models")
    (model.folder / file).unlink()
    with pytest.raises(NoModel, match=f"缺少文件 {file}"):
        verify(model.folder)


def test_a_changed_file_is_not_used(tiny, tmp_path):
    model = take_in(tmp_path / "published", tmp_path / "models")
    (model.folder / "model.bin").write_bytes(CONTENTS["model.bin"].upper())
    with pytest.raises(NoModel, match=r"model\.bin 与登记的校验值不符"):
        verify(model.folder)


def test_a_model_of_ones_own_is_taken_under_a_name_with_its_sums(tmp_path):
    source = tmp_path / "own"
    source.mkdir()
    for name, data in CONTENTS.items():
        (source / name).write_bytes(data + b"2")
    with pytest.raises(NoModel, match="不在登记表里"):
        take_in(source, tmp_path / "models")
    model = take_in(source, tmp_path / "models", name="own")
    assert verify(model.folder) == model
    (model.folder / "config.json").write_bytes(b"{} ")
    with pytest.raises(NoModel, match=r"config\.json"):
        ready("own", tmp_path / "models")


def test_what_is_no_model_is_not_imported(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"x")
    with pytest.raises(NoModel, match=r"缺少：config\.json、tokenizer\.json"):
        take_in(tmp_path, tmp_path / "models")


def test_a_download_takes_the_next_source_and_believes_the_sums_only(tiny, tmp_path, web):
    (tmp_path / "wrong").mkdir()
    for name, data in CONTENTS.items():
        (tmp_path / "wrong" / name).write_bytes(bytes(len(data)))
    sources = [f"{web}/missing/{{file}}", f"{web}/wrong/{{file}}", f"{web}/published/{{file}}"]
    told = []
    model = downloading.download("tiny", tmp_path / "models", say=told.append, sources=sources)
    assert verify(model.folder) == model
    assert sum("校验值不符" in line for line in told) == len(CONTENTS)


def test_a_broken_download_goes_on_from_what_is_there(tiny, tmp_path, web):
    unfinished = tmp_path / "models" / ".tiny-download"
    unfinished.mkdir(parents=True)
    (unfinished / "model.bin").write_bytes(CONTENTS["model.bin"][:100])
    with pytest.raises(NoModel, match="已下载的部分会保留"):
        downloading.download("tiny", tmp_path / "models", say=str, sources=[f"{web}/missing/{{file}}"])
    model = downloading.download("tiny", tmp_path / "models", say=str, sources=[f"{web}/published/{{file}}"])
    assert verify(model.folder) == model


def test_sources_come_in_the_order_that_our_users_reach_them():
    assert [url.split("/")[2] for url in known_models.SOURCES] == [
        "modelscope.cn",
        "hf-mirror.com",
        "huggingface.co",
    ]


def test_the_command_shows_what_is_there(tmp_path, settings, capsys):
    settings.TRANSCRIPT_MODELS = tmp_path
    call_command("transcript_model", "status")
    told = capsys.readouterr().out
    assert "base" in told and "← 正在用" in told and "「base」可用" in told


def test_the_command_ends_with_one_sentence_where_the_model_is_missing(tmp_path, settings, capsys):
    settings.TRANSCRIPT_MODELS, settings.TRANSCRIPT_MODEL = tmp_path, "small"
    with pytest.raises(SystemExit) as ended:
        call_command("transcript_model", "verify")
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (1, 1)


def test_no_process_loads_the_engine_or_the_libraries_of_files_before_somebody_asks_for_them():
    named = ("faster_whisper", "ctranslate2", "onnxruntime", "numpy", "openpyxl", "scipy")
    code = (
        "import sys, django; django.setup();"
        "from config.celery import app; app.loader.import_default_modules();"
        "import media_pipeline.tasks, cms.admin_urls;"
        f"print([name for name in {named} if name in sys.modules])"
    )
    root = Path(model_files.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_engine_is_told_to_stay_off_the_network():
    code = (
        "import media_pipeline.transcripts.whisper, huggingface_hub.constants as c; print(c.HF_HUB_OFFLINE)"
    )
    root = Path(model_files.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "True", done.stderr
