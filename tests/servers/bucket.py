"""A bucket on a real S3-compatible server, which tests may stop and start again on its port."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.parse import quote, urlencode

import boto3
import pytest
from botocore.config import Config

from tests.servers.processes import eventually, free_port, listening, running

SERVER = "swift==2.38.3"  # from the Python package index; Apache-2.0
KEY, SECRET, NAME = "anke:author", "ge/heim+@1", "anke-files"


def install_server(folder: Path) -> Path:
    """A Python of its own that has the server; skipped where the package index does not give it."""
    python = folder / "bin" / "python"
    steps = [[sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "-q", SERVER]]
    for argv in steps:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=600)
        if done.returncode:
            missing = f"{SERVER} cannot be installed: {done.stderr.splitlines()[-1:]}"
            (pytest.fail if os.environ.get("ANKE_REQUIRE_SERVERS") else pytest.skip)(missing)
    return python


class Bucket:
    def __init__(self, python: Path, folder: Path) -> None:
        self.python, self.folder, self.port = python, folder, free_port()
        with self.running():
            self.client.create_bucket(Bucket=NAME)

    @contextmanager
    def running(self) -> Iterator[Popen]:
        script = Path(__file__).with_name("swift_server.py")
        argv = [str(self.python), "-W", "ignore", str(script), str(self.folder), str(self.port)]
        with running([*argv, KEY.partition(":")[2], SECRET], self.folder / "log") as process:
            eventually(lambda: listening(self.port) or process.poll(), "the object store listens")
            yield process

    def url(self, *, secret: str = SECRET, name: str = NAME, **options: str | int) -> str:
        """As STORAGE_URL."""
        options = {"scheme": "http", **options}
        key, secret = quote(KEY, safe=""), quote(secret, safe="")
        return f"s3://{key}:{secret}@127.0.0.1:{self.port}/{name}?{urlencode(options)}"

    @cached_property
    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
            config=Config(s3={"addressing_style": "path"}, request_checksum_calculation="when_required"),
        )

    def names(self, prefix: str = "") -> list[str]:
        answer = self.client.list_objects_v2(Bucket=NAME, Prefix=prefix)
        return [each["Key"] for each in answer.get("Contents", [])]
