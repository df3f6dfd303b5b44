"""`move_files [--keep]`: what lies below MEDIA_ROOT into the bucket of STORAGE_URL, verified file by file.

Stopped anywhere, it goes on where it was: a file is deleted here only after it was read back there.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser

from media_pipeline.keeping.refusals import NotNow

STAYS = {"uploads", "work"}  # on their way, and of this machine


class Command(BaseCommand):
    help = "把本机的文件搬进 STORAGE_URL 的存储桶，逐个核对。退出码：0 搬完，1 中途连不上，2 没有设置。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep", action="store_true", help="只复制，本机的文件先不删")

    def handle(self, *args: Any, keep: bool, **options: Any) -> None:
        if not default_storage.is_remote:
            self._end(2, "没有设置 STORAGE_URL，文件就该在本机，没有什么要搬。写法见 README 的 Deploy 一节。")
        moved = 0
        for path in _files(Path(settings.MEDIA_ROOT)):
            self._move(path, keep)
            moved += 1
        self.stdout.write(f"{'复制' if keep else '搬走'}并核对了 {moved} 个文件。")

    def _move(self, path: Path, keep: bool) -> None:
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            default_storage.take(path, name, sha256=sha256)
        except NotNow as away:
            self._end(1, f"{name} 没有搬成：{away.__cause__ or away}。存储恢复后再运行一次，会接着搬。")
        if not keep:
            path.unlink()
        self.stdout.write(name)

    def _end(self, status: int, sentence: str) -> None:
        self.stderr.write(sentence)
        raise SystemExit(status)


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.relative_to(root).parts[0] not in STAYS:
            yield path
