"""The one way a file is ever opened: by a process with own argv, limits, a deadline, its own group."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from media_pipeline.facts import Unreadable
from media_pipeline.opening.ffmpeg import executable

SANDBOX = Path(__file__).with_name("sandbox.py")
QUIET = ("-nostdin", "-hide_banner", "-nostats", "-y")
TICK_S = 0.5
LINE_BYTES = 16_384  # a longer line is not ours: it is dropped
CHUNK_BYTES = 65_536  # what a pipe holds on Linux

type OnLine = Callable[[str], None]
type OnBytes = Callable[[bytes], None]
type OnTick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use at most."""

    wall_s: float
    cpu_s: int
    memory_bytes: int = 4 << 30
    file_bytes: int = 16 << 30

    @classmethod
    def for_duration(cls, duration_s: float) -> "Limits":
        """Room for 4K on a slow shared machine: six times the playing time, at most twelve hours."""
        wall_s = min(120 + 6 * duration_s, 12 * 3600)
        return cls(wall_s=wall_s, cpu_s=int(4 * wall_s))


def run_ffmpeg(
    arguments: Sequence[str],
    *,
    limits: Limits,
    on_line: OnLine = lambda line: None,
    on_log: OnLine = lambda line: None,
    on_tick: OnTick = lambda: None,
    on_bytes: Mapping[str, OnBytes] | None = None,
) -> int:
    """Run ffmpeg with `arguments` in the cage; an argument that is a name in `on_bytes` becomes a pipe."""
    command = [executable(), *QUIET, *arguments]
    return run_caged(
        command, limits=limits, on_line=on_line, on_log=on_log, on_tick=on_tick, on_bytes=on_bytes
    )


def run_caged(
    command: Sequence[str],
    *,
    limits: Limits,
    on_line: OnLine = lambda line: None,
    on_log: OnLine = lambda line: None,
    on_tick: OnTick = lambda: None,
    on_bytes: Mapping[str, OnBytes] | None = None,
) -> int:
    """Run a command under `limits` and give back its exit code (negative: the signal that ended it).

    Lines of stdout go to `on_line`, of stderr to `on_log`, nothing is kept; `on_tick` is called every half
    second. A word of the command that is a name in `on_bytes` becomes a pipe whose bytes go there.
    Whatever a callback raises ends the command and comes out here; so does `Unreadable` at the deadline.
    """
    with (
        tempfile.TemporaryDirectory(prefix="anke-ffmpeg-") as folder,
        _pipes(on_bytes or {}) as pipes,
        _started(command, limits, folder, pipes) as process,
    ):
        readers = {process.stdout: _Lines(on_line).read, process.stderr: _Lines(on_log).read}
        readers |= {pipe.reads: pipe.on_bytes for pipe in pipes.values()}
        _follow(readers, on_tick, time.monotonic() + limits.wall_s)
        return process.wait()


@dataclass(frozen=True, slots=True)
class _Pipe:
    reads: IO[bytes]
    writes: IO[bytes]
    on_bytes: OnBytes


@contextmanager
def _pipes(on_bytes: Mapping[str, OnBytes]) -> Iterator[dict[str, _Pipe]]:
    with ExitStack() as stack:
        pipes = {}
        for name, callback in on_bytes.items():
            ends = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
            pipes[name] = _Pipe(*map(stack.enter_context, ends), callback)
        yield pipes


@contextmanager
def _started(
    command: Sequence[str], limits: Limits, folder: str, pipes: dict[str, _Pipe]
) -> Iterator[subprocess.Popen[bytes]]:
    command = [f"pipe:{pipes[each].writes.fileno()}" if each in pipes else each for each in command]
    numbers = (os.getpid(), limits.cpu_s, limits.memory_bytes, limits.file_bytes)
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(SANDBOX), *map(str, numbers), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={"TMPDIR": folder, "AV_LOG_FORCE_NOCOLOR": "1"},
        start_new_session=True,
        pass_fds=[pipe.writes.fileno() for pipe in pipes.values()],
    )
    for pipe in pipes.values():
        pipe.writes.close()  # the command alone holds it now, so its end is the end of the pipe
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()  # reaps it and closes the pipes


def _follow(readers: dict[IO[bytes], OnBytes], on_tick: OnTick, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        for pipe, on_bytes in readers.items():
            selector.register(pipe, selectors.EVENT_READ, on_bytes)
        next_tick = time.monotonic() + TICK_S
        while selector.get_map():
            for key, _ in selector.select(timeout=TICK_S):
                if data := os.read(key.fd, CHUNK_BYTES):
                    key.data(data)
                else:
                    selector.unregister(key.fileobj)
            now = time.monotonic()
            if now > deadline:
                raise Unreadable("分析超过了允许的时间，已停止；文件可能已损坏，请重新导出后再上传。")
            if now > next_tick:
                on_tick()
                next_tick = now + TICK_S


class _Lines:
    """Cuts what comes through a pipe into lines."""

    def __init__(self, on_line: OnLine) -> None:
        self.on_line = on_line
        self.rest = b""

    def read(self, data: bytes) -> None:
        """Pass on the whole lines that are there."""
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.on_line(line.decode("utf-8", "replace"))
        if len(self.rest) > LINE_BYTES:
            self.rest = b""
