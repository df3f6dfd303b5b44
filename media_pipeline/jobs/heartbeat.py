"""A worker's sign of life. It is a thread: a live worker keeps its job even in a long silent step,
a killed or stopped process loses it, for all its threads stop with it."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import Error, connection

from media_pipeline.jobs.queue import LeaseLost

logger = logging.getLogger(__name__)

EVERY_S = 2.0


class Heartbeat:
    """Calls `keep(progress, stage)` every few seconds of a `with` block, until it raises `LeaseLost`.

    `report` is for the working thread: it hands over the progress, and raises `LeaseLost` in its turn.
    """

    def __init__(self, keep: Callable[[float, str], None], *, every_s: float | None = None) -> None:
        self._keep, self._every_s = keep, every_s or EVERY_S
        self._reached: tuple[float, str] = (0.0, "")
        self._stop, self._lost = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def report(self, progress: float, stage: str) -> None:
        """How far the work is (0..1) and what is being done, in Chinese; the next beat writes it."""
        if self._lost.is_set():
            raise LeaseLost
        self._reached = (progress, stage)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(self._every_s) and not self._lost.is_set():
                self._beat_once()
        finally:
            connection.close()

    def _beat_once(self) -> None:
        try:
            self._keep(*self._reached)
        except LeaseLost:
            self._lost.set()
        except Error:
            # the lease outlasts several beats; a database that is busy or restarts is asked again
            logger.warning("a heartbeat was not written", exc_info=True)
            connection.close()
