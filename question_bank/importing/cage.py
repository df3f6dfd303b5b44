"""Files of others are read by a process of their own, which may use so much memory and time and no more."""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from question_bank.importing.hints import Hints
from question_bank.importing.raw import Reading, Unreadable
from question_bank.importing.tables import Row

if TYPE_CHECKING:
    from question_bank.importing.second_file import Named

PROJECT = Path(__file__).parents[2]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from question_bank.importing.caged import main
main(*map(int, sys.argv[2:]))
"""
PLAIN_BYTES = 100_000
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")  # zip and the older form of Office
MEMORY_BYTES = 3 << 30  # 100,000 questions of a csv file take 400 MB
CPU_S, CPU_S_PER_MB, MOST_CPU_S = 60, 30, 600
EXCEEDED = "读这个文件超出了允许的内存或时间，已停止；请另存为 .xlsx 或 .docx，或分成几份再导入。"

log = logging.getLogger(__name__)


def read_safely(data: bytes, hints: Hints | None = None, keys: "Named | None" = None) -> Reading:
    """All questions of a file, with the keys of a second one where it is given. Raises Unreadable."""
    from question_bank.importing.second_file import read_with_keys  # loads the readers of all formats

    files = [data, keys[1]] if keys else [data]
    return _caged(files, read_with_keys, data, hints, keys)


def tables_safely(data: bytes) -> list[list[Row]]:
    """The rows of each table of a file. Raises Unreadable."""
    from question_bank.importing.reading import tables_of  # loads the readers of all formats

    return _caged([data], tables_of, data)


def _caged[T](files: list[bytes], act: Callable[..., T], *said: object) -> T:
    """What `act` makes of `files`; what is small and not packed cannot grow and needs no process."""
    size = sum(map(len, files))
    if size <= PLAIN_BYTES and not any(file.startswith(_PACKED) for file in files):
        return act(*said)
    cpu_s = min(CPU_S + CPU_S_PER_MB * size // 1024**2, MOST_CPU_S)
    made = _made(pickle.dumps((act, said)), cpu_s)
    if isinstance(made, Unreadable):
        raise made
    return made


def _made(request: bytes, cpu_s: int) -> object:
    """What the process answers. It waits for LibreOffice too, so it has more time than its processor's."""
    alive, ours = os.pipe()  # its end closes with us, however we end, and so ends the process
    command = [sys.executable, "-I", "-c", PROGRAM, str(PROJECT), str(cpu_s), str(MEMORY_BYTES), str(alive)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with (
        os.fdopen(alive, "rb"),
        os.fdopen(ours, "wb"),
        subprocess.Popen(command, process_group=0, pass_fds=[alive], **pipes) as process,
    ):
        try:
            made, said = process.communicate(request, timeout=120 + 2 * cpu_s)
        except subprocess.TimeoutExpired:
            return Unreadable(EXCEEDED)
        finally:
            with suppress(ProcessLookupError):  # nothing is left of the group
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode < 0 or b"MemoryError" in said:
        log.warning("reading a bank ended with %s: %s", process.returncode, said[-300:])
        return Unreadable(EXCEEDED)
    if process.returncode:
        raise RuntimeError(said.decode(errors="replace")[-2000:])
    return pickle.loads(made)  # noqa: S301 - written by `caged`, a process of ours
