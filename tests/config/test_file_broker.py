"""The broker of files: nobody takes a message before it is whole."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.broker import broker_settings
from config.celery import app


@pytest.fixture
def channel(tmp_path: Path):
    settings = broker_settings(None, tmp_path)
    options = settings["BROKER_TRANSPORT_OPTIONS"]
    with Connection(
        settings["BROKER_URL"], transport=settings["BROKER_TRANSPORT"], transport_options=options
    ) as connection:
        yield connection.default_channel


def test_a_message_is_taken_once_and_only_from_its_queue(channel):
    channel._put("celery", {"body": "测量"})
    with pytest.raises(Empty):
        channel._get("later")
    assert channel._get("celery") == {"body": "测量"}
    with pytest.raises(Empty):
        channel._get("celery")


def test_who_looks_while_a_message_is_written_finds_none(channel):
    class Body:
        def __json__(self) -> str:
            with pytest.raises(Empty):
                channel._get("celery")
            return "测量"

    channel._put("celery", {"body": Body()})
    assert channel._get("celery") == {"body": "测量"}


def test_a_writer_that_was_killed_leaves_nothing_to_take(channel, tmp_path: Path):
    (tmp_path / "broker" / "queue" / "1_a.celery.part").write_text('{"bo')
    with pytest.raises(Empty):
        channel._get("celery")


def test_tests_announce_in_memory_and_leave_no_files():
    assert app.connection_for_write().transport_cls == "memory"
