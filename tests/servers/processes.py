"""Processes that tests start and always stop: each a group of its own, output in a file, waits bounded."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest


def binary(name: str) -> str:
    """The path of a server's program; without it the test is skipped, or fails where servers are demanded."""
    places = [
        os.environ.get("PATH", ""),
        *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)),
    ]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found:
        return found
    without(f"{name} is not installed")


def without(what: str) -> NoReturn:
    """End the test for `what` is missing: skipped, or failed where servers are demanded."""
    if os.environ.get("ANKE_REQUIRE_SERVERS"):
        pytest.fail(f"{what}, and ANKE_REQUIRE_SERVERS demands it")
    pytest.skip(what)


def node_script(folder: Path, script: Path, *, package: str) -> Path:
    """A copy of `script` in `folder`, where node finds `package` (name@version) of the npm registry."""
    binary("node")
    return Path(shutil.copy(script, npm_package(folder, package)))


def npm_package(folder: Path, package: str) -> Path:
    """`folder`, with `package` (name@version) of the npm registry in its node_modules."""
    argv = [binary("npm"), "install", "--no-audit", "--no-fund", "--prefix", str(folder), package]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120)
    if done.returncode:
        without(f"the npm registry does not give {package}: {done.stderr.splitlines()[-1:]}")
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def eventually(condition: Callable[[], object], what: str, seconds: float = 60) -> object:
    """Wait until `condition` gives something true and return it; fail with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (outcome := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)
    return outcome


def kill_group(process: subprocess.Popen) -> None:
    """SIGKILL for the process and all its children, as when the machine fails."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


@contextmanager
def running(argv: list[str], log: Path, **options: object) -> Iterator[subprocess.Popen]:
    with log.open("ab") as output:
        process = subprocess.Popen(argv, stdout=output, stderr=output, start_new_session=True, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            kill_group(process)
