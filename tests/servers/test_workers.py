"""A worker that dies or stalls in mid-inspection: the job goes on by itself and ends once."""

import os
import signal
import subprocess
from pathlib import Path
from subprocess import Popen

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from config.timetable import TIMETABLE
from media_pipeline.checks import CHECKS
from tests.servers.installation import Installation
from tests.servers.processes import eventually, kill_group

pytestmark = pytest.mark.servers

TAKE_IN = """
import sys
from pathlib import Path
from django.contrib.auth.models import Group
from django.utils import timezone
from accounts.models import Institution, User
from media_pipeline.receiving import uploads
author = User.objects.create(username="author", institution=Institution.objects.create(name="甲"))
author.groups.add(Group.objects.get_or_create(name="课程作者")[0])
uploads.add_file(Path(sys.argv[1]), by=author, now=timezone.now())
"""

ENDED = [("succeeded", 2, 1, len(CHECKS))]


@pytest.fixture(scope="module")
def long_film(tmp_path_factory) -> Path:
    """Quick to make and slow to decode: two seconds of full-HD noise, repeated without encoding."""
    folder = tmp_path_factory.mktemp("film")
    ffmpeg = [get_ffmpeg_exe(), "-v", "error"]
    sources = ["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25:d=2,noise=alls=60:allf=t"]
    sources += ["-f", "lavfi", "-i", "anoisesrc=d=2:a=0.1"]
    encoding = ["-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest"]
    subprocess.run([*ffmpeg, *sources, *encoding, "short.mp4"], cwd=folder, check=True, timeout=60)
    repeated = ["-stream_loop", "14", "-i", "short.mp4", "-c", "copy", "long.mp4"]
    subprocess.run([*ffmpeg, *repeated], cwd=folder, check=True, timeout=60)
    return folder / "long.mp4"


@pytest.fixture(params=["on_files", "on_redis"], ids=["broker of files", "redis"])
def installation(request) -> Installation:
    return request.getfixturevalue(request.param)


def job(installation: Installation) -> list[tuple]:
    """State, attempts, measurements, findings of every inspection."""
    return installation.rows(
        "select state, attempts, (select count(*) from media_pipeline_measurement),"
        " (select count(*) from media_pipeline_finding) from media_pipeline_job where kind = 'inspect'"
    )


def wait_until_midway(installation: Installation, worker: Popen) -> None:
    query = "select 1 from media_pipeline_job where kind = 'inspect' and state = 'running' and progress > 0.1"
    eventually(lambda: installation.rows(query) or worker.poll() is not None, "the inspection is midway")
    assert worker.poll() is None, installation.log()


def wait_until_ended(installation: Installation) -> None:
    ended = "select 1 from media_pipeline_job where kind = 'inspect' and state in ('succeeded', 'failed')"
    eventually(lambda: installation.rows(ended), "the job has ended", seconds=180)


def test_a_job_whose_worker_is_killed_starts_again_by_itself_and_ends_once(installation, long_film):
    installation.python(TAKE_IN, str(long_film))
    with installation.beat():
        with installation.worker() as first:
            wait_until_midway(installation, first)
            kill_group(first)
        with installation.worker():
            wait_until_ended(installation)
    assert job(installation) == ENDED, installation.log()


def test_a_worker_that_stalls_loses_its_job_and_drops_its_result(on_files, long_film):
    on_files.python(TAKE_IN, str(long_film))
    with on_files.worker() as stalled:
        wait_until_midway(on_files, stalled)
        os.killpg(stalled.pid, signal.SIGSTOP)
        with on_files.beat(), on_files.worker():
            taken_over = (
                "select 1 from media_pipeline_job"
                " where kind = 'inspect' and state = 'running' and attempts = 2"
            )
            eventually(lambda: on_files.rows(taken_over), "another worker took the job over")
            os.killpg(stalled.pid, signal.SIGCONT)
            eventually(
                lambda: "was taken over, this result is dropped" in on_files.log(), "the first gave up"
            )
            wait_until_ended(on_files)
    assert job(on_files) == ENDED, on_files.log()


def test_without_a_worker_announcements_do_not_pile_up(on_files):
    enough = len(TIMETABLE) + 3
    with on_files.beat():
        eventually(lambda: on_files.log().count("Sending due task") >= enough, "beat made its rounds")
    assert 1 <= len(list((on_files.folder / "broker" / "queue").iterdir())) <= len(TIMETABLE)
