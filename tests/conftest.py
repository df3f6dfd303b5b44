"""Fixtures every test may use; makers of rows stand in `tests/makers.py`."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts one kind of server or the browser runs in one process; the others go on beside it."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif item.get_closest_marker("servers"):
            kind = "bucket" if "bucket" in item.fixturenames else "servers"
            item.add_marker(pytest.mark.xdist_group(kind))


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: the tests of servers wait more than they reckon."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_sessionfinish() -> None:
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Finished files of its own for every test, or what one test drew would answer another's question."""
    settings.MEDIA_ROOT, settings.MEDIA_DISK_RESERVE_BYTES = tmp_path_factory.mktemp("media"), 0
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _no_beats_beside_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine would let the worker's second thread write into the one connection of a test."""
    monkeypatch.setattr("media_pipeline.jobs.heartbeat.EVERY_S", 3600.0)
