"""The web server of an installation, which may be killed and started again on its port."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from tests.servers.installation import Installation
from tests.servers.processes import eventually, free_port, listening

LOG_IN = """
import json
from django.contrib.auth.models import Group
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from accounts.models import Institution, User
home, _ = Institution.objects.get_or_create(name="甲培训中心")
author, _ = User.objects.get_or_create(username="author", institution=home)
author.groups.add(Group.objects.get_or_create(name="课程作者")[0])
client = Client()
client.force_login(author)
print(json.dumps([client.cookies["sessionid"].value, _get_new_csrf_string()]))
"""

VIDEOS = """
import json
from media_pipeline.models import Video
videos = Video.objects.all()
rows = [[each.original_name, each.state, each.sha256, each.file.size] for each in videos]
print(json.dumps(rows))
"""


class Website:
    def __init__(self, installation: Installation) -> None:
        self.installation, self.port = installation, free_port()

    @contextmanager
    def running(self) -> Iterator[Popen]:
        with self.installation.web(self.port) as process:
            eventually(lambda: listening(self.port), "the web server listens")
            yield process

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def log_in(self) -> tuple[str, str]:
        """The session and CSRF cookies of an author."""
        session, token = self.installation.python(LOG_IN)
        return session, token

    def videos(self) -> list[list]:
        """Name, state, sha256 and stored bytes of every video."""
        return self.installation.python(VIDEOS)

    def received(self) -> int:
        """Bytes of the one upload on its way."""
        partial = next((self.installation.folder / "media" / "uploads").glob("*/partial"), None)
        return partial.stat().st_size if partial else 0

    @staticmethod
    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()
