"""Real servers on free ports in folders of their own: Redis, PostgreSQL, and installations of ours."""

import os
import pwd
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.bucket import Bucket, install_server
from tests.servers.installation import Installation
from tests.servers.processes import binary, eventually, free_port, listening, running


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    argv = [
        binary("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    with running(argv, folder / "log"):
        eventually(lambda: listening(port), "Redis listens")
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database server with one empty database; as root it runs under another user, or it refuses."""
    initdb, postgres, createdb = binary("initdb"), binary("postgres"), binary("createdb")
    folder, port, owner = Path(tempfile.mkdtemp(prefix="anke-postgres-")), free_port(), _ordinary_user()
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    try:
        subprocess.run(
            [initdb, "-D", folder / "data", "-U", "anke", "-A", "trust", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            timeout=120,
            cwd=folder,
            **owner,
        )
        argv = [
            postgres,
            "-D",
            str(folder / "data"),
            "-p",
            str(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={folder}",
            "-c",
            "fsync=off",
        ]
        with running(argv, folder / "log", cwd=folder, **owner):
            address = ["-h", "127.0.0.1", "-p", str(port), "-U", "anke"]
            eventually(
                lambda: (
                    subprocess.run([createdb, *address, "anke"], capture_output=True, timeout=30).returncode
                    == 0
                ),
                "PostgreSQL answers",
            )
            yield f"postgres://anke@127.0.0.1:{port}/anke"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def object_store(tmp_path_factory) -> Path:
    """The Python that runs the S3-compatible server."""
    return install_server(tmp_path_factory.mktemp("swift"))


@pytest.fixture
def bucket(object_store: Path, tmp_path_factory) -> Bucket:
    """An empty bucket whose server does not run yet."""
    return Bucket(object_store, tmp_path_factory.mktemp("bucket"))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory) -> Path:
    """A migrated database file to copy; migrating takes long."""
    first = Installation(tmp_path_factory.mktemp("migrated"))
    first.manage("migrate", "--verbosity", "0")
    return first.folder / "anke.sqlite3"


@pytest.fixture
def on_files(tmp_path: Path, migrated_sqlite: Path) -> Installation:
    """One machine: SQLite and the broker of files."""
    shutil.copy(migrated_sqlite, tmp_path)
    return Installation(tmp_path)


@pytest.fixture
def on_redis(tmp_path: Path, migrated_sqlite: Path, redis_url: str) -> Installation:
    shutil.copy(migrated_sqlite, tmp_path)
    return Installation(tmp_path, REDIS_URL=redis_url)


@pytest.fixture(scope="session")
def on_postgres(tmp_path_factory, postgres_url: str) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("postgres"), DATABASE_URL=postgres_url)
    installation.manage("migrate", "--verbosity", "0")
    return installation


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """30 MB that begin as MP4 and repeat nothing."""
    path = tmp_path / "触电急救 01.mp4"
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
    path.write_bytes(head + random.Random(1).randbytes(30_000_000))
    return path
