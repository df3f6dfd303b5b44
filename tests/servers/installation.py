"""The project as an operator runs it: own data folder, real settings, every part a process."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager, closing
from pathlib import Path
from textwrap import dedent

from tests.servers.processes import running

ROOT = Path(__file__).resolve().parents[2]
START = "import django; django.setup()\n"


class Installation:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ANKE_", "DJANGO_"))
        }
        own = {
            "ANKE_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": str(ROOT),
        }
        self.environment = {**kept, **own, **environment}

    def manage(self, *arguments: str) -> str:
        return self._run([sys.executable, "manage.py", *arguments])

    def python(self, code: str, *arguments: str) -> object:
        """Run `code` with Django set up; what it prints last is read as JSON."""
        output = self._run([sys.executable, "-c", START + dedent(code), *arguments])
        return json.loads(output.splitlines()[-1]) if output.strip() else None

    def start_python(self, code: str, *arguments: str) -> AbstractContextManager[subprocess.Popen]:
        return self._start("python", [sys.executable, "-c", START + dedent(code), *arguments])

    def web(self, port: int) -> AbstractContextManager[subprocess.Popen]:
        argv = [
            "-m",
            "gunicorn",
            "config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--threads",
            "4",
        ]
        return self._start("web", [sys.executable, *argv])

    def worker(self, *options: str) -> AbstractContextManager[subprocess.Popen]:
        return self._celery("worker", "--concurrency", "2", "--without-gossip", "--without-mingle", *options)

    def later(self) -> AbstractContextManager[subprocess.Popen]:
        """The worker for what nobody waits for, as `./run` starts it."""
        alone = ("--concurrency", "1", "--without-gossip", "--without-mingle", "--without-heartbeat")
        return self._celery("worker", "--queues", "later", *alone)

    def beat(self) -> AbstractContextManager[subprocess.Popen]:
        return self._celery("beat", "--pidfile", "")

    def rows(self, query: str) -> list[tuple]:
        """What stands in the SQLite file right now, without the price of a process."""
        with closing(sqlite3.connect(self.folder / "anke.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchall()

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def _celery(self, part: str, *options: str) -> AbstractContextManager[subprocess.Popen]:
        return self._start(
            part, [sys.executable, "-m", "celery", "-A", "config", part, "-l", "info", *options]
        )

    def _start(self, name: str, argv: list[str]) -> AbstractContextManager[subprocess.Popen]:
        return running(argv, self.folder / f"{name}.log", cwd=ROOT, env=self.environment)

    def _run(self, argv: list[str]) -> str:
        done = subprocess.run(
            argv, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout
