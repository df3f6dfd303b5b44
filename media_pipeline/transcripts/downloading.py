"""A model from the first source that has it: continued after a break, believed only by its sums."""

import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import URLError

from media_pipeline.transcripts.known_models import KNOWN, SOURCES, File, KnownModel
from media_pipeline.transcripts.model_files import NoModel, Verified, sha256_of, verify

TIMEOUT_S = 30
PIECE_BYTES = 1 << 20

type Say = Callable[[str], object]


def download(name: str, models: Path, *, say: Say, sources: Sequence[str] = SOURCES) -> Verified:
    """Fetch a known model into `models`; raises `NoModel` when no source has the right files."""
    if name not in KNOWN:
        raise NoModel(f"没有登记名为「{name}」的模型。可以下载：{'、'.join(KNOWN)}。")
    target, unfinished = models / name, models / f".{name}-download"
    if not target.exists():
        unfinished.mkdir(parents=True, exist_ok=True)
        for file, expected in KNOWN[name].files.items():
            _fetch(KNOWN[name], file, expected, unfinished / file, say, sources)
        unfinished.rename(target)
    return verify(target)


def _fetch(
    model: KnownModel, file: str, expected: File, target: Path, say: Say, sources: Sequence[str]
) -> None:
    if target.exists() and target.stat().st_size == expected.size and sha256_of(target) == expected.sha256:
        return
    for source in sources:
        url = source.format(modelscope=model.modelscope, repository=model.repository, file=file)
        say(f"{file}（{expected.size / 1e6:.1f} MB）← {url}")
        try:
            _continue(url, target, expected.size)
        except (URLError, OSError, ValueError) as failed:
            say(f"  没有成功：{failed}")
            continue
        if sha256_of(target) == expected.sha256:
            return
        say("  校验值不符，换下一个来源")
        target.unlink()
    raise NoModel(
        f"{file} 从哪个来源都没有下载成功；已下载的部分会保留，可以再运行一次。"
        "不能联网的机器请在别处下载后用 ./run manage transcript_model import 文件夹 导入。"
    )


def _continue(url: str, target: Path, size: int) -> None:
    """Append what is missing; a source that cannot continue begins anew."""
    there = target.stat().st_size if target.exists() else 0
    if there >= size:
        target.unlink()
        there = 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={there}-"} if there else {})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - https, or a test's own
        _copy(answer, target, "ab" if answer.status == 206 else "wb", size)


def _copy(answer: HTTPResponse, target: Path, mode: str, size: int) -> None:
    with target.open(mode) as file:
        while piece := answer.read(PIECE_BYTES):
            file.write(piece)
            if file.tell() > size:
                raise ValueError("文件比登记的大")
