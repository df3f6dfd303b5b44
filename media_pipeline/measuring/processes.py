"""The pieces of a long video side by side on the command line: as many processes as there are cores."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from media_pipeline.facts import Probed
from media_pipeline.measuring.cutting import Piece
from media_pipeline.measuring.measure import Measured, measure
from media_pipeline.opening.sandbox import die_with

TICK_S = 0.5


def measure_pieces(
    path: Path,
    probed: Probed,
    pieces: Sequence[Piece],
    *,
    workers: int,
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> list[Measured]:
    """What each piece measured, in their order; one that fails, or what `on_progress` raises, ends all."""
    # a fresh interpreter: threads of the caller must not be forked
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=die_with, initargs=(os.getpid(),))
    try:
        found = [pool.submit(measure, path, probed, piece) for piece in pieces]
        _follow(found, pieces, on_progress)
        return [each.result() for each in found]
    finally:
        _stop(pool)


def _follow(found: list[Future], pieces: Sequence[Piece], on_progress: Callable[[float], None]) -> None:
    total_s = sum(piece.length_s for piece in pieces)
    waiting = set(found)
    while waiting:
        done, waiting = wait(waiting, timeout=TICK_S, return_when=FIRST_COMPLETED)
        for each in done:
            each.result()
        measured_s = sum(piece.length_s for each, piece in zip(found, pieces, strict=True) if each.done())
        on_progress(measured_s / total_s)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Kill what still runs; each ffmpeg dies with its worker."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()
        worker.join()
