"""ffmpeg is started in one way only, and always ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from media_pipeline.facts import Unreadable
from media_pipeline.opening.runner import Limits, run_ffmpeg

ROOT = Path(__file__).parents[2]
PLENTY = Limits(wall_s=60, cpu_s=60)
ENDLESS = ("-re", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5")
NOWHERE = ("-f", "null", "-")


def running(mark: str) -> list[int]:
    """Processes with `mark` in their command line."""
    found = subprocess.run(["ps", "-Awwo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in found.splitlines() if mark in line]


def wait_until(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def mark():
    return f"comment={uuid4()}"


def test_lines_come_through_and_the_exit_code_comes_back():
    lines, log = [], []
    print_frames = "metadata=print:file=-"
    code = run_ffmpeg(
        [
            "-f",
            "lavfi",
            "-i",
            "color=size=64x64:rate=5:duration=1",
            "-vf",
            f"signalstats,{print_frames}",
            *NOWHERE,
        ],
        limits=PLENTY,
        on_line=lines.append,
        on_log=log.append,
    )
    assert code == 0
    assert sum(line.startswith("frame:") for line in lines) == 5
    assert any("Input #0" in line for line in log)


def test_a_file_that_decodes_forever_is_killed_at_the_deadline(mark):
    with pytest.raises(Unreadable, match="超过了允许的时间"):
        run_ffmpeg([*ENDLESS, "-metadata", mark, *NOWHERE], limits=Limits(wall_s=1, cpu_s=60))
    assert running(mark) == []


def test_a_decoder_that_burns_too_much_cpu_is_killed_by_its_limit():
    endless_without_rest = ENDLESS[1:]
    code = run_ffmpeg([*endless_without_rest, *NOWHERE], limits=Limits(wall_s=60, cpu_s=1))
    assert code in (-signal.SIGXCPU, -signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="macOS keeps no limit on address space")
def test_a_file_that_wants_huge_memory_does_not_get_it():
    huge = ["-f", "lavfi", "-i", "color=size=8192x8192:rate=1:duration=1,format=gbrpf32", *NOWHERE]
    code = run_ffmpeg(huge, limits=Limits(wall_s=60, cpu_s=60, memory_bytes=600 << 20))
    assert code != 0
    assert run_ffmpeg(huge, limits=PLENTY) == 0


def test_a_file_that_grows_without_end_is_cut_off(tmp_path):
    out = tmp_path / "out.wav"
    endless_sound = ["-f", "lavfi", "-i", "anoisesrc", str(out)]
    assert run_ffmpeg(endless_sound, limits=Limits(wall_s=60, cpu_s=60, file_bytes=1 << 20)) != 0
    assert out.stat().st_size <= 1 << 20


def test_what_a_callback_raises_ends_ffmpeg_and_comes_out(mark):
    class LeaseLost(Exception):
        pass

    def lose() -> None:
        raise LeaseLost

    with pytest.raises(LeaseLost):
        run_ffmpeg([*ENDLESS, "-metadata", mark, *NOWHERE], limits=PLENTY, on_tick=lose)
    assert running(mark) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_ffmpeg_dies_with_a_worker_that_is_killed(mark):
    arguments = [*ENDLESS, "-metadata", mark, *NOWHERE]
    program = (
        "from media_pipeline.opening.runner import *; tell = lambda: print('.', flush=True);"
        f"run_ffmpeg({arguments!r}, limits=Limits(wall_s=60, cpu_s=60), on_tick=tell)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE) as worker:
        worker.stdout.readline()
        children = [pid for pid in running(mark) if pid != worker.pid]
        os.kill(worker.pid, signal.SIGKILL)
    assert children
    wait_until(lambda: running(mark) == [])


def test_ffmpeg_works_in_a_folder_of_its_own_that_is_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    picture = ["-f", "lavfi", "-i", "color=size=64x64", "-frames:v", "1", "-update", "1", "left-behind.png"]
    assert run_ffmpeg(picture, limits=PLENTY) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_never_ends_is_dropped():
    from media_pipeline.opening.runner import LINE_BYTES, _Lines

    lines = []
    cutter = _Lines(lines.append)
    for data in (b"one\ntw", b"o\n", b"x" * (LINE_BYTES + 1)):
        cutter.read(data)
    assert (lines, cutter.rest) == (["one", "two"], b"")


def test_bytes_come_through_a_pipe_of_their_own():
    taken = []
    picture = ["-f", "lavfi", "-i", "color=white:size=4x2:rate=1:duration=3", "-pix_fmt", "gray"]
    code = run_ffmpeg([*picture, "-f", "rawvideo", "here"], limits=PLENTY, on_bytes={"here": taken.append})
    assert (code, len(b"".join(taken))) == (0, 3 * 4 * 2)
