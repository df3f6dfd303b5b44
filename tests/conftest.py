"""Fixtures every test may use; makers of rows stand in `tests/makers.py`."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings


@pytest.fixture(scope="session", autouse=True)
def _own_folder_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_beats_beside_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine would let the worker's second thread write into the one connection of a test."""
    monkeypatch.setattr("media_pipeline.heartbeat.EVERY_S", 3600.0)
