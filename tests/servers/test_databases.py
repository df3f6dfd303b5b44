"""What SQLite and PostgreSQL must each grant: one claimant per job, one job per file, the same answers."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.installation import ROOT, Installation
from tests.servers.processes import eventually

pytestmark = pytest.mark.servers

PEOPLE = """
from django.contrib.auth.models import Group
from accounts.models import Institution, User
home, _ = Institution.objects.get_or_create(name="甲培训中心")
author, _ = User.objects.get_or_create(username="author", institution=home)
author.groups.add(Group.objects.get_or_create(name="课程作者")[0])
"""

QUEUE_JOBS = """
import json
from uuid import uuid4
from django.utils import timezone
from media_pipeline.models import Job
now = timezone.now()
jobs = [Job(kind="inspect", key=uuid4().hex, created_at=now, rung_at=now) for _ in range(100)]
print(json.dumps([str(job.pk) for job in Job.objects.bulk_create(jobs)]))
"""

CLAIM_ALL = """
import json, sys, time
from pathlib import Path
from uuid import UUID
from django.utils import timezone
from media_pipeline.jobs import queue as jobs
folder, name = Path(sys.argv[1]), sys.argv[2]
ids = json.loads((folder / "jobs").read_text())
(folder / f"{name}.ready").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
begin = (folder / "go").stat().st_mtime + 0.5
def claimed_at_its_moment(number, each):
    time.sleep(max(0, begin + number * 0.01 - time.time()))
    return jobs.claim(UUID(each), now=timezone.now())
mine = [each for number, each in enumerate(ids) if claimed_at_its_moment(number, each)]
(folder / f"{name}.claimed").write_text(json.dumps(mine))
"""

UPLOAD = (
    PEOPLE
    + """
import sys, time
from pathlib import Path
from django.utils import timezone
from media_pipeline.receiving import uploads
folder, name = Path(sys.argv[1]), sys.argv[2]
(folder / f"{name}.ready").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
uploads.add_file(folder / "film.mp4", by=author, now=timezone.now())
"""
)

STORED = """
import json
from media_pipeline.models import Job, Video
videos = Video.objects.all()
stored = [(each.state, each.sha256, str(each.job_id), each.file.size) for each in videos]
print(json.dumps(stored))
"""

HAND_IN_TWICE = (
    PEOPLE
    + """
import json
from django.utils import timezone
from question_bank.intake import looking, receiving
from question_bank.intake.turns import read_batch
from tests.makers import make_item
statements = [f"{n}. 第 {n} 号配电箱的门应当上锁。\\n答案：对\\n解析：防止误碰。" for n in range(1, 41)]
made = []
for name in ("甲.txt", "乙.txt"):
    batch = receiving.receive(
        item=make_item(), institution=home, name=name,
        data="\\n".join(statements).encode(), by=author,
    )
    read_batch(batch.pk, now=timezone.now())
    batch.refresh_from_db()
    looking.accept_rest(batch)
    made.append(batch.pk)
print(json.dumps(made))
"""
)

SAVE_IMPORT = """
import json, sys, time
from pathlib import Path
from django.utils import timezone
from question_bank.intake import saving
from question_bank.models import ImportBatch
folder, name = Path(sys.argv[1]), sys.argv[2]
batch = ImportBatch.objects.get(pk=json.loads((folder / "batches").read_text())[name])
(folder / f"{name}.ready").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
saving.save(batch, by=batch.created_by, now=timezone.now())
"""

QUESTIONS = """
import json
from question_bank.models import ImportBatch, Question
print(json.dumps([Question.objects.count(), *ImportBatch.objects.values_list("state", flat=True)]))
"""

FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(2_000_000)


@pytest.fixture(params=["on_files", "on_postgres"], ids=["sqlite", "postgresql"])
def installation(request) -> Installation:
    return request.getfixturevalue(request.param)


def together(installation: Installation, code: str, folder: Path, *names: str) -> None:
    """Run `code` in one process per name; all wait for the same start."""
    with ExitStack() as stack:
        started = [stack.enter_context(installation.start_python(code, str(folder), name)) for name in names]
        ready = [folder / f"{name}.ready" for name in names]
        eventually(lambda: all(path.exists() for path in ready), "all processes are ready")
        (folder / "go").touch()
        assert [process.wait(timeout=60) for process in started] == [0] * len(names), installation.log()


def test_of_two_who_claim_a_job_at_the_same_moment_one_gets_it(installation, tmp_path):
    ids = installation.python(QUEUE_JOBS)
    (tmp_path / "jobs").write_text(json.dumps(ids))
    together(installation, CLAIM_ALL, tmp_path, "one", "two")
    one, two = (json.loads((tmp_path / f"{name}.claimed").read_text()) for name in ("one", "two"))
    assert sorted(one + two) == sorted(ids)


def test_the_same_file_arriving_twice_at_once_is_inspected_once(installation, tmp_path):
    (tmp_path / "film.mp4").write_bytes(FILM)
    installation.python(PEOPLE)
    together(installation, UPLOAD, tmp_path, "one", "two")
    one, two = installation.python(STORED)
    assert one == two
    assert (one[0], one[3]) == ("inspecting", len(FILM))


def test_of_two_imports_of_one_bank_saved_at_once_each_question_is_written_once(installation, tmp_path):
    one, two = installation.python(HAND_IN_TWICE)
    (tmp_path / "batches").write_text(json.dumps({"one": one, "two": two}))
    together(installation, SAVE_IMPORT, tmp_path, "one", "two")
    assert installation.python(QUESTIONS) == [40, "saved", "saved"]


def test_the_tests_of_this_package_hold_on_postgresql(postgres_url, tmp_path):
    environment = os.environ | {"DATABASE_URL": postgres_url, "ANKE_VAR": str(tmp_path)}
    files = [f"tests/media_pipeline/test_{name}.py" for name in ("jobs", "uploads", "serving", "videos")]
    argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
