"""Files in a bucket: what is kept comes back, what is not signed gets nothing, outages say so."""

import hashlib
import random
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from config.storage import storage_settings
from media_pipeline.keeping import copies
from media_pipeline.keeping.bucket import BucketStorage
from media_pipeline.keeping.refusals import DOWN, Altered, NotNow
from media_pipeline.keeping.room import NO_ROOM
from media_pipeline.receiving import storage as receiving
from tests.servers.bucket import Bucket

pytestmark = pytest.mark.servers

FILM = random.Random(2).randbytes(20_000_000)  # more than one part of a multipart upload
DIGEST = hashlib.sha256(FILM).hexdigest()
NAME = "videos/0123/original.mp4"


@pytest.fixture(autouse=True)
def work(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT, settings.MEDIA_DISK_RESERVE_BYTES = tmp_path, 0
    return tmp_path / "work"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(FILM)
    return path


@pytest.fixture
def running(bucket: Bucket) -> Iterator[Bucket]:
    with bucket.running():
        yield bucket


def files(url: str) -> BucketStorage:
    return BucketStorage(**storage_settings(url)["OPTIONS"])


@pytest.fixture
def kept(running: Bucket, film: Path) -> BucketStorage:
    """A storage that holds the film."""
    storage = files(running.url())
    storage.take(film, NAME, sha256=DIGEST)
    return storage


def get(url: str, **headers: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code, "", b""


def test_a_file_is_kept_once_however_often_it_is_taken(kept, running, film):
    kept.take(film, NAME, sha256=DIGEST)
    assert running.names() == [NAME]
    assert b"".join(kept.span(NAME)) == FILM
    assert b"".join(kept.span(NAME, 15_000_000, 4_000_000)) == FILM[15_000_000:19_000_000]
    assert (kept.size(NAME), kept.exists(NAME), kept.exists("videos/0124/original.mp4")) == (
        len(FILM),
        True,
        False,
    )


def test_what_django_stores_and_opens_goes_there_too(kept):
    name = kept.save("question-images/触电.png", ContentFile(b"picture"))
    with kept.open(name) as file:
        assert file.read() == b"picture"
    second = kept.save("question-images/触电.png", ContentFile(b"another"))
    with kept.open(name) as file, kept.open(second) as other:
        assert (file.read(), other.read()) == (b"picture", b"another")
    kept.delete(second)
    assert kept.folders("") == ["question-images", "videos"]
    kept.remove_folder("videos")
    assert kept.folders("") == ["question-images"]
    kept.delete(name)
    with pytest.raises(FileNotFoundError):
        kept.open(name)


def test_a_working_copy_lasts_as_long_as_somebody_needs_it(kept, work, monkeypatch):
    fetched = []
    monkeypatch.setattr(kept, "_fetch", lambda *args: fetched.append(args) or fetch(*args), raising=True)
    fetch = BucketStorage._fetch.__get__(kept)
    with kept.at_hand(NAME, sha256=DIGEST) as first, kept.at_hand(NAME, sha256=DIGEST) as second:
        assert first == second
        assert first.read_bytes() == FILM
    assert (len(fetched), list(work.iterdir())) == (1, [])


def test_two_who_need_it_at_once_fetch_it_once(kept, work, monkeypatch):
    fetched, both, seen = [], threading.Barrier(2), []
    fetch = BucketStorage._fetch.__get__(kept)
    monkeypatch.setattr(kept, "_fetch", lambda *args: fetched.append(args) or fetch(*args))

    def read() -> None:
        with kept.at_hand(NAME, sha256=DIGEST) as path:
            both.wait(timeout=60)
            seen.append(path.read_bytes() == FILM)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=90)
    assert (seen, len(fetched), list(work.iterdir())) == ([True, True], 1, [])


def test_what_a_kill_left_is_cleared_and_what_is_held_stays(work):
    (work / "killed").mkdir(parents=True)
    (work / "killed" / "original.part").write_bytes(b"half")
    with copies.held("needed") as needed:
        copies.clear_abandoned()
        assert list(work.iterdir()) == [needed]
    assert list(work.iterdir()) == []


def test_other_bytes_than_those_handed_in_are_never_worked_on(kept, running, work):
    running.client.put_object(Bucket=kept.bucket_name, Key=NAME, Body=b"other bytes")
    with pytest.raises(Altered), kept.at_hand(NAME, sha256=DIGEST):
        pytest.fail("nobody gets them")
    assert list(work.iterdir()) == []


def test_a_full_disk_is_said_and_nothing_is_fetched(kept, work, monkeypatch):
    monkeypatch.setattr(receiving, "free_bytes", lambda: 1000)
    with pytest.raises(NotNow, match=NO_ROOM), kept.at_hand(NAME, sha256=DIGEST):
        pytest.fail("there is no room")
    assert list(work.iterdir()) == []


def test_only_a_signed_address_gets_anything_and_seeks(kept, running):
    assert kept.address(NAME, content_type="video/mp4", disposition="inline") == ""
    address = files(running.url(redirect=120)).address(NAME, content_type="video/mp4", disposition="inline")
    assert get(address, Range="bytes=5-9") == (206, "video/mp4", FILM[5:10])
    assert get(address.replace("original.mp4", "original.mov"))[0] == 403
    assert get(address.partition("?")[0])[0] in (400, 403)


@pytest.mark.parametrize("wrong", [{"secret": "wrong"}, {"name": "no-such-bucket"}], ids=["secret", "bucket"])
def test_a_bucket_that_does_not_let_us_in_is_out_of_reach(running, film, wrong):
    storage = files(running.url(**wrong))
    for act in (
        lambda: storage.exists(NAME),
        lambda: storage.open(NAME),
        lambda: storage.span(NAME),
        lambda: storage.take(film, NAME, sha256=DIGEST),
        lambda: storage.save("a.png", ContentFile(b"a")),
        lambda: storage.folders(""),
    ):
        with pytest.raises(NotNow, match=DOWN):
            act()


def test_a_server_that_is_gone_is_out_of_reach(bucket, film):
    storage = files(bucket.url())
    with pytest.raises(NotNow, match=DOWN):
        storage.take(film, NAME, sha256=DIGEST)
    with bucket.running():
        storage.take(film, NAME, sha256=DIGEST)
        assert bucket.names() == [NAME]
