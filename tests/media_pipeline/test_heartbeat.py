import threading

import pytest
from django.db import InterfaceError, OperationalError

from media_pipeline.jobs.heartbeat import Heartbeat
from media_pipeline.jobs.queue import LeaseLost

SOON = 10  # seconds a test waits at most; it goes on the moment the thing happens


class Keeper:
    """Stands for the row: notes each beat, fails as told."""

    def __init__(self, *outcomes: Exception | None) -> None:
        self.outcomes, self.beats, self.heard = list(outcomes), [], threading.Semaphore(0)

    def __call__(self, progress: float, stage: str) -> None:
        self.beats.append((progress, stage))
        self.heard.release()
        if self.outcomes and (failure := self.outcomes.pop(0)):
            raise failure

    def wait(self, beats: int) -> None:
        for _ in range(beats):
            assert self.heard.acquire(timeout=SOON)


def test_the_lease_is_kept_while_the_work_is_silent():
    keeper = Keeper()
    with Heartbeat(keeper, every_s=0.01):
        keeper.wait(3)
    assert set(keeper.beats) == {(0.0, "")}


def test_a_beat_writes_the_progress_reported_last():
    keeper = Keeper()
    with Heartbeat(keeper, every_s=0.01) as heartbeat:
        heartbeat.report(0.2, "读取文件")
        heartbeat.report(0.5, "测量画面")
        keeper.wait(2)
    assert keeper.beats[-1] == (0.5, "测量画面")


def test_work_stops_at_its_next_report_once_the_lease_is_lost():
    keeper = Keeper(LeaseLost())
    with pytest.raises(LeaseLost), Heartbeat(keeper, every_s=0.01) as heartbeat:
        keeper.wait(1)
        while True:
            heartbeat.report(0.5, "测量画面")
    assert len(keeper.beats) == 1


@pytest.mark.parametrize(
    "away", [OperationalError("database is locked"), InterfaceError("connection closed")]
)
def test_a_database_that_is_away_for_a_moment_does_not_stop_the_work(caplog, away):
    keeper = Keeper(away, None)
    with Heartbeat(keeper, every_s=0.01) as heartbeat:
        keeper.wait(2)
        heartbeat.report(0.5, "测量画面")
    assert "a heartbeat was not written" in caplog.text


def test_an_error_of_the_work_comes_out_and_the_beating_ends():
    keeper = Keeper()
    with pytest.raises(ZeroDivisionError), Heartbeat(keeper, every_s=0.01):
        keeper.wait(1)
        _ = 1 / 0
    assert not [thread for thread in threading.enumerate() if thread.name == "heartbeat"]
