"""What nobody waits for, under real prefork workers: Whisper in a forked child, a killed conversion."""

import subprocess
import sys
import wave
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from media_pipeline.transcripts.speech import SAMPLE_RATE
from tests.media_pipeline.voices import babble
from tests.servers.installation import Installation
from tests.servers.processes import eventually, kill_group

pytestmark = pytest.mark.servers

# Takes files in and asks for one kind of work on each, as if their inspection had ended.
ASK = """
import sys
from importlib import import_module
from pathlib import Path
from django.contrib.auth.models import Group
from django.utils import timezone
from accounts.models import Institution, User
from media_pipeline.models import Job
from media_pipeline.receiving import uploads
author = User.objects.create(username="author", institution=Institution.objects.create(name="甲"))
author.groups.add(Group.objects.get_or_create(name="课程作者")[0])
act, now = import_module(f"media_pipeline.jobs.{sys.argv[1]}"), timezone.now()
for name in sys.argv[2:]:
    video = uploads.add_file(Path(name), by=author, now=now)
    Job.objects.filter(kind="inspect").update(state="succeeded", progress=1, finished_at=now)
    act.request(video.sha256, now=now)
"""
JOBS = "select state, attempts from media_pipeline_job where kind = '{kind}' order by created_at"


def ffmpeg(*arguments: str | Path) -> None:
    argv = [get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(argv, check=True, timeout=120)


def spoken(folder: Path, seed: int) -> Path:
    """Four seconds of a still picture with a voice that a speech detector takes for a person."""
    sound, path = folder / f"{seed}.wav", folder / f"{seed}.mp4"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((babble(4.0, seed) * 32767).astype(np.int16).tobytes())
    picture = ("-f", "lavfi", "-i", "color=white:size=320x180:rate=25")
    ffmpeg(*picture, "-i", sound, "-shortest", "-c:v", "libx264", "-c:a", "aac", path)
    return path


def ended(installation: Installation, kind: str, count: int) -> list[tuple]:
    """State and attempts of the `count` jobs of a kind, once none is open."""

    def none_open() -> bool:
        rows = installation.rows(JOBS.format(kind=kind))
        return len(rows) == count and {state for state, _ in rows} <= {"succeeded", "failed"}

    eventually(none_open, f"{count} jobs have ended: {kind}", seconds=420)
    return installation.rows(JOBS.format(kind=kind))


def test_whisper_hears_one_clip_after_the_other_in_a_forked_worker(on_files, tmp_path):
    clips = [spoken(tmp_path, seed) for seed in (1, 2)]
    on_files.python(ASK, "transcribing", *map(str, clips))
    with on_files.later():
        assert ended(on_files, "transcribe", 2) == [("succeeded", 1)] * 2, on_files.log()
    assert "concurrency: 1 (prefork)" in on_files.log()
    heard = on_files.rows("select state, speech_s, settings from media_pipeline_transcript")
    assert {state for state, _, _ in heard} <= {"heard", "no_speech"}
    assert all(speech_s > 1 and "faster-whisper" in settings for _, speech_s, settings in heard)


@pytest.fixture(scope="module")
def noisy_film(tmp_path_factory) -> Path:
    """Quick to make and slow to encode: two seconds of noise, repeated without encoding."""
    folder = tmp_path_factory.mktemp("film")
    noise = "testsrc2=s=852x480:r=25:d=2,noise=alls=40:allf=t"
    sources = ("-f", "lavfi", "-i", noise, "-f", "lavfi", "-i", "anoisesrc=d=2:a=0.1")
    encoding = ("-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest")
    ffmpeg(*sources, *encoding, folder / "short.mp4")
    ffmpeg("-stream_loop", "3", "-i", folder / "short.mp4", "-c", "copy", folder / "long.mp4")
    return folder / "long.mp4"


def wait_until_half_made(installation: Installation, worker: Popen) -> set[Path]:
    """The unfinished files, once there are some."""
    query = "select 1 from media_pipeline_job where kind = 'render' and state = 'running' and progress > 0.1"
    eventually(lambda: installation.rows(query) or worker.poll() is not None, "the conversion is midway")
    assert worker.poll() is None, installation.log()
    return files(installation, "work")


def files(installation: Installation, place: str) -> set[Path]:
    media = installation.folder / "media"
    return {path.relative_to(media) for path in (media / place).rglob("*.*") if path.is_file()}


def converters(installation: Installation) -> list[str]:
    """Running processes that have a file of this installation in their arguments."""
    place, lines = str(installation.folder / "media"), []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it has ended meanwhile
        lines += [line] if place in line else []
    return lines


def test_a_conversion_killed_half_way_ends_as_one_complete_set_and_leaves_nothing(on_files, noisy_film):
    on_files.environment |= {"ANKE_TRANSCRIBE": "off"}
    on_files.python(ASK, "rendering", str(noisy_film))
    with on_files.beat():
        with on_files.worker() as first:
            half = wait_until_half_made(on_files, first)
            assert half and (sys.platform != "linux" or converters(on_files))
            kill_group(first)
        if sys.platform == "linux":
            eventually(lambda: not converters(on_files), "no converter outlives its worker", seconds=10)
        assert on_files.rows("select count(*) from media_pipeline_rendition") == [(0,)]
        with on_files.worker():
            assert ended(on_files, "render", 1) == [("succeeded", 2)], on_files.log()
            eventually(lambda: not files(on_files, "work"), "what was half made is cleared", seconds=150)
    rows = on_files.rows("select kind, name from media_pipeline_rendition")
    assert sorted(kind for kind, _ in rows) == ["low", "mid", "poster", "sprite"]
    assert files(on_files, "renditions") == {Path(name) for _, name in rows}
