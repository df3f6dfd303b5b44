"""One look at a file without decoding it, by a small process in the cage that ffmpeg runs in."""

import json
import logging
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from media_pipeline.facts import Probed, Unreadable, rebuild
from media_pipeline.opening.runner import Limits, run_caged
from media_pipeline.opening.sniff import NEXT_STEP

PROJECT = Path(__file__).parents[2]
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from media_pipeline.opening.packets import main
main(*sys.argv[2:])
"""
FOUND = "what was found"  # the runner puts its pipe in its place
MEMORY_BYTES = 2 << 30  # twelve hours of packets take 100 MB
BYTES_PER_S = 5_000_000  # a slow disk

log = logging.getLogger(__name__)


def probe(path: Path, demuxer: str, *, on_tick: Callable[[], None] = lambda: None) -> Probed:
    """Read all packets of the first picture and sound track; raises `Unreadable`. An hour: about 1 s."""
    found, said = bytearray(), deque[str](maxlen=5)
    code = run_caged(
        [sys.executable, "-I", "-c", PROGRAM, str(PROJECT), str(path.resolve()), demuxer, FOUND],
        limits=_limits(path),
        on_bytes={FOUND: found.extend},
        on_log=said.append,
        on_tick=on_tick,
    )
    if code or not found:
        log.warning("reading %s ended with %s: %s", path.name, code, " | ".join(said))
        raise Unreadable(f"读取文件结构超出了允许的内存或时间，已停止；文件多半已损坏。{NEXT_STEP}")
    result = json.loads(found)
    if "unreadable" in result:
        raise Unreadable(result["unreadable"])
    return rebuild(Probed, result["probed"])


def _limits(path: Path) -> Limits:
    wall_s = 120 + path.stat().st_size / BYTES_PER_S
    return Limits(wall_s=wall_s, cpu_s=int(wall_s), memory_bytes=MEMORY_BYTES, file_bytes=0)
