"""From a queued job to findings, on a clip that ffmpeg makes."""

import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from imageio_ffmpeg import get_ffmpeg_exe

from media_pipeline.checks import CHECKS
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.jobs import inspecting
from media_pipeline.jobs import queue as jobs
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.measuring import inspection
from media_pipeline.models import Finding, Job, Measurement, Video
from media_pipeline.receiving import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> Path:
    """Three seconds of picture and sound."""
    path = tmp_path_factory.mktemp("clip") / "触电.mp4"
    sources = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=3", "-f", "lavfi", "-i", "sine=d=3"]
    argv = [get_ffmpeg_exe(), "-v", "error", *sources, "-pix_fmt", "yuv420p", "-shortest", str(path)]
    subprocess.run(argv, check=True, timeout=60)
    return path


@pytest.fixture
def video(clip, author, now, media_root) -> Video:
    return uploads.add_file(clip, by=author, now=now)


def run(video: Video, now) -> Video:
    inspecting.run(video.job_id, clock=lambda: now)
    return Video.objects.with_inspection().get(pk=video.pk)


def test_an_inspection_ends_in_facts_and_one_finding_per_check(video, now):
    seen = run(video, now)
    assert (seen.state, seen.job.attempts, seen.job.progress) == ("inspected", 1, 1.0)
    assert seen.duration_s == pytest.approx(3, abs=0.1)
    assert [finding.check_id for finding in seen.findings] == [check.id for check in CHECKS]
    facts = Facts.from_json(Measurement.objects.get().facts)
    assert (facts.video.width, facts.engine_version) == (320, ENGINE_VERSION)
    assert seen.verdict == inspection.judge(facts).verdict


def test_a_job_that_has_ended_is_not_worked_again(video, now):
    run(video, now)
    assert run(video, now).job.attempts == 1


def test_a_file_that_cannot_be_read_fails_with_one_sentence(author, now, media_root):
    broken = media_root / "坏.mp4"
    broken.write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50_000))
    seen = run(uploads.add_file(broken, by=author, now=now), now)
    assert (seen.state, seen.measurement) == ("failed", None)
    assert seen.error.endswith("。")
    assert "Traceback" not in seen.error


def test_a_file_that_is_gone_is_said_to_be_gone(video, now):
    default_storage.delete(video.file.name)
    assert run(video, now).error == "视频文件不在服务器上，请重新上传。"


def test_a_second_upload_of_the_same_bytes_is_inspected_already(video, clip, author, now):
    run(video, now)
    again = uploads.add_file(clip, by=author, now=now)
    assert Video.objects.with_inspection().get(pk=again.pk).state == "inspected"
    assert Measurement.objects.count() == 1


def test_a_newer_engine_measures_the_same_bytes_again(video, clip, author, now, monkeypatch):
    run(video, now)
    monkeypatch.setattr(inspecting, "ENGINE_VERSION", "next")
    seen = run(uploads.add_file(clip, by=author, now=now), now)
    assert (seen.state, seen.measurement.engine_version) == ("inspected", "next")
    assert Measurement.objects.count() == 2


def test_stored_facts_are_judged_again_without_doubling_the_findings(video, now):
    measurement = run(video, now).measurement
    before = list(Finding.objects.values_list("check_id", "verdict"))
    inspecting.judge_again(measurement, DEFAULT_PROFILE)
    assert list(Finding.objects.values_list("check_id", "verdict")) == before


def test_whoever_lost_the_job_stores_nothing(video, now, monkeypatch):
    def overtaken(facts, profile):
        jobs.requeue_overdue(now + 2 * jobs.LEASE)
        return report(facts, profile)

    report = inspection.judge
    monkeypatch.setattr(inspection, "judge", overtaken)
    seen = run(video, now)
    assert (seen.state, seen.job.state, Measurement.objects.count()) == ("inspecting", "queued", 0)


def test_an_error_nobody_foresaw_is_logged_and_said_plainly(video, now, monkeypatch, caplog):
    monkeypatch.setattr(inspection, "judge", lambda facts, profile: 1 / 0)
    seen = run(video, now)
    assert seen.error == "检查时出现意外错误，原因已记录。请点「重新检查」；仍出现请联系管理员。"
    assert "ZeroDivisionError" in seen.job.detail
    assert "ZeroDivisionError" in caplog.text
    assert Job.objects.get().state == "failed"
