"""Files in a bucket, workers on another machine: upload, measure, encode, play; through kills and outages."""

import hashlib
import http.client
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.media_pipeline.clips import Clips
from tests.servers.bucket import NAME, Bucket
from tests.servers.installation import Installation
from tests.servers.processes import eventually, kill_group
from tests.servers.test_workers import TAKE_IN
from tests.servers.website import Website

pytestmark = pytest.mark.servers

STRANGER = """
import json
from django.contrib.auth.models import Group
from django.test import Client
from accounts.models import Institution, User
other = User.objects.create(username="other", institution=Institution.objects.create(name="乙"))
other.groups.add(Group.objects.get(name="课程作者"))
client = Client()
client.force_login(other)
print(json.dumps(client.cookies["sessionid"].value))
"""

SWEEP = """
from django.utils import timezone
from media_pipeline.jobs import sweeping
sweeping.sweep(timezone.now())
"""

WAGTAIL = """
import json
from io import BytesIO
from PIL import Image as Picture
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from question_bank.images import keep_image, read_image
drawn = BytesIO()
Picture.new("RGB", (800, 600), "red").save(drawn, "PNG")
image = Image.objects.create(title="图", file=ContentFile(drawn.getvalue(), "触电.png"))
thumbnail = image.get_rendition("width-100")
document = Document.objects.create(title="文", file=ContentFile(b"text", "教案.txt"))
stored = keep_image(BytesIO(drawn.getvalue()))
with document.file.open() as file:
    assert file.read() == b"text"
with thumbnail.file.open() as file:
    assert Picture.open(file).size == (100, 75)
assert read_image(stored).startswith(b"\\x89PNG")
names = [image.file.name, thumbnail.file.name, document.file.name, stored]
image.delete()
document.delete()
print(json.dumps([names, stored]))
"""


@pytest.fixture
def running(bucket: Bucket) -> Iterator[Bucket]:
    with bucket.running():
        yield bucket


@pytest.fixture
def web(on_redis: Installation, bucket: Bucket) -> Installation:
    """The machine with the web server and the rounds; short videos, so that nothing is transcribed."""
    on_redis.environment |= {"STORAGE_URL": bucket.url(), "ANKE_TRANSCRIBE": "off"}
    return on_redis


@pytest.fixture
def far(web: Installation, tmp_path_factory) -> Installation:
    """A machine for work: the same database and broker, none of the files."""
    kept = {name: web.environment[name] for name in ("STORAGE_URL", "REDIS_URL", "ANKE_TRANSCRIBE")}
    database = f"sqlite:///{web.folder / 'anke.sqlite3'}"
    return Installation(tmp_path_factory.mktemp("far"), DATABASE_URL=database, **kept)


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    clip = Clips(tmp_path).make(
        "-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=12", "-f", "lavfi", "-i", "sine=d=12", "-shortest"
    )
    return clip.rename(tmp_path / "触电急救.mp4")


def upload(site: Website, film: Path) -> str:
    """By tus, in two pieces; the id of the video."""
    session, token = site.log_in()
    cookies = {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    cookies |= {"Tus-Resumable": "1.0.0", "Referer": site.url("/")}
    data = film.read_bytes()
    name = f"filename {b64encode(film.name.encode()).decode()}"
    opened = {"Upload-Length": str(len(data)), "Upload-Metadata": name, **cookies}
    made = ask(site, "POST", "/uploads/", opened)
    for at in (0, len(data) // 2):
        piece = data[at : at + len(data) // 2] if at == 0 else data[at:]
        more = {"Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream", **cookies}
        assert ask(site, "PATCH", made[1]["Location"], more, piece)[0] == 204
    return made[1]["Location"].split("/")[2]


def ask(site: Website, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    read = answer.status, dict(answer.headers), answer.read()
    connection.close()
    return read


def jobs(installation: Installation) -> dict[str, list]:
    """State, attempts and stage of the job of each kind."""
    rows = installation.rows("select kind, state, attempts, stage from media_pipeline_job")
    return {kind: rest for kind, *rest in rows}


def rendition_names(installation: Installation) -> list[str]:
    return sorted(row[0] for row in installation.rows("select name from media_pipeline_rendition"))


def work_of(installation: Installation) -> list[Path]:
    return list((installation.folder / "media" / "work").glob("*"))


def ended(installation: Installation, kind: str) -> bool:
    return jobs(installation).get(kind, [""])[0] in ("succeeded", "failed")


def test_uploaded_here_measured_there_killed_while_it_stores_and_played(web, far, running, lecture):
    site = Website(web)
    with site.running(), web.beat(), web.worker("--queues", "tending"):
        video = upload(site, lecture)
        assert running.names() == [f"videos/{video}/original.mp4"]
        assert not (web.folder / "media" / "videos").exists()
        with far.worker("--queues", "celery,later") as first:
            eventually(lambda: running.names("renditions/"), "the first quality is stored", seconds=300)
            kill_group(first)
        assert (rendition_names(web), jobs(web)["inspect"][:2]) == ([], ["succeeded", 1])
        with far.worker("--queues", "celery,later"):
            eventually(lambda: ended(web, "render"), "the rendition has ended", seconds=300)
        assert jobs(web)["render"][:2] == ["succeeded", 2], web.log() + far.log()
        names = rendition_names(web)
        assert sorted(running.names("renditions/")) == names
        assert {name.rpartition("/")[2] for name in names} == {
            *("high.mp4", "mid.mp4", "low.mp4"),
            *("poster.jpg", "sprite-0.jpg"),
        }
        assert (work_of(far), work_of(web)) == ([], [])
        check_playing(site, video, lecture)


def test_a_web_server_killed_while_it_stores_leaves_nothing_half_and_nothing_twice(web, running, film):
    site = Website(web)
    with site.running() as first, ThreadPoolExecutor(1) as pool:
        sending = pool.submit(upload, site, film)
        eventually(lambda: site.received() == film.stat().st_size, "the last byte has arrived")
        kill_group(first)
        assert sending.exception(timeout=60)
    assert web.rows("select completed_at from media_pipeline_video") == [(None,)]
    web.python(SWEEP)
    assert site.videos() == [[film.name, "inspecting", site.digest(film), film.stat().st_size]]
    (name,) = running.names()
    stored = running.client.get_object(Bucket=NAME, Key=name)["Body"].read()
    assert hashlib.sha256(stored).hexdigest() == site.digest(film)
    assert not list((web.folder / "media" / "uploads").iterdir())


def check_playing(site: Website, video: str, lecture: Path) -> None:
    """Range for whom it belongs to, nothing for others."""
    session, _ = site.log_in()
    mine = {"Cookie": f"sessionid={session}"}
    others = {"Cookie": f"sessionid={site.installation.python(STRANGER)}"}
    data, address, low = lecture.read_bytes(), f"/videos/{video}/file", f"/videos/{video}/renditions/low.mp4"
    status, headers, body = ask(site, "GET", address, {**mine, "Range": "bytes=1000-1999"})
    assert (status, headers["Content-Range"], body) == (
        206,
        f"bytes 1000-1999/{len(data)}",
        data[1000:2000],
    )
    assert ask(site, "GET", address, mine)[::2] == (200, data)
    assert ask(site, "GET", low, {**mine, "Range": "bytes=4-7"})[::2] == (
        206,
        b"ftyp",
    )
    for path in (address, low):
        assert ask(site, "GET", path, others)[0] == 404
        assert ask(site, "GET", path, {})[0] == 404


def test_while_the_bucket_is_gone_uploads_and_jobs_wait_and_then_go_on(web, far, bucket, lecture):
    site = Website(web)
    with site.running():
        video = upload(site, lecture)
        assert web.rows("select completed_at from media_pipeline_video") == [(None,)]
        with bucket.running():
            web.python(SWEEP)
            assert bucket.names() == [f"videos/{video}/original.mp4"]
    waits = ["queued", 0, "文件存储暂时连不上，每分钟自动再试一次"]
    with web.beat(), web.worker("--queues", "tending"), far.worker("--queues", "celery,later"):
        eventually(lambda: jobs(web)["inspect"] == waits, "the job is put off", seconds=120)
        assert web.rows("select count(*) from media_pipeline_measurement") == [(0,)]
        with bucket.running():
            eventually(lambda: ended(web, "inspect"), "the inspection has ended", seconds=240)
    assert jobs(web)["inspect"][:2] == ["succeeded", 1], web.log() + far.log()


def test_pictures_and_documents_go_to_the_bucket_and_leave_it(web, running):
    names, stays = web.python(WAGTAIL)
    assert len(set(names)) == 4
    assert running.names() == [stays]


def test_files_of_this_machine_move_and_one_that_was_interrupted_goes_on(on_files, running, lecture):
    on_files.python(TAKE_IN, str(lecture))
    (original,) = (on_files.folder / "media" / "videos").rglob("original.mp4")
    name = original.relative_to(on_files.folder / "media").as_posix()
    on_files.environment["STORAGE_URL"] = running.url()
    on_files.manage("move_files", "--keep")
    assert (running.names(), original.exists()) == ([name], True)
    on_files.manage("move_files")
    assert (running.names(), original.exists()) == ([name], False)
    assert Website(on_files).videos()[0][3] == lecture.stat().st_size
