"""Fixtures every test may use; makers of rows stand in `tests/makers.py`."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings


@pytest.fixture(scope="session", autouse=True)
def _own_folder_is_removed() -> Iterator[None]:
    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
