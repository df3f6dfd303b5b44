"""Sound and picture of made videos: a drawn head that talks, slides, and what is missing for it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from media_pipeline.facts import Facts
from media_pipeline.measuring.inspection import inspect_file, judge, report_json
from media_pipeline.sync import models
from media_pipeline.sync.faces import FaceFinder
from media_pipeline.sync.mesh import LipReader
from tests.media_pipeline.clips import slides, talk
from tests.media_pipeline.talking import HEAD, HEIGHT, WIDTH, head, talking_head

SECONDS = 22


@pytest.fixture(scope="module")
def talker(tmp_path_factory):
    return talking_head(tmp_path_factory.mktemp("talker") / "讲师.mp4", SECONDS)


def sync_check(facts: Facts):
    return next(check for check in judge(facts).checks if check.id == "av_sync")


def with_face_for(seconds: float, facts: Facts) -> Facts:
    """The same measurement, had it seen the face for so long."""
    window = replace(facts.sync.windows[0], start_s=0.0, end_s=seconds)
    return replace(facts, sync=replace(facts.sync, windows=(window,)))


def test_a_face_is_found_where_it_is_drawn():
    face = FaceFinder().largest(np.asarray(head(0.5, 0.5)))
    assert (face.x, face.y) == (pytest.approx(WIDTH * 0.6, abs=12), pytest.approx(HEIGHT * 0.5, abs=20))
    assert face.size == pytest.approx(1.2 * HEAD, rel=0.2)


def test_a_mouth_that_opens_is_read_as_opening():
    reader = LipReader(FaceFinder())
    openings = [float(reader.read(np.asarray(head(level, 0.5)))[0]) for level in (0, 0.5, 1)]
    assert openings == sorted(openings)
    assert openings[2] > 2 * openings[0]


def test_a_picture_without_a_face_has_neither_face_nor_lips():
    grey = np.full((240, 320, 3), 128, np.uint8)
    assert FaceFinder().largest(grey) is None
    assert LipReader(FaceFinder()).read(grey) is None


def test_sound_that_belongs_to_the_lips_passes(talker):
    facts = inspect_file(talker)
    assert facts.sync.method == "lips"
    assert facts.sync.offset_ms == pytest.approx(0, abs=40)
    check = sync_check(with_face_for(31, facts))
    assert check.verdict == "pass"
    assert check.message.startswith("口型与声音相符")
    short = sync_check(with_face_for(29, facts))
    assert (short.verdict, "误差可达 ±100 毫秒" in short.message) == ("unknown", True)
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts
    promised = report_json("讲师.mp4", facts, judge(facts))["av_sync"]
    assert (promised["method"], promised["offset_ms"]) == ("lips", facts.sync.offset_ms)
    assert [set(window) for window in promised["windows"]] == [{"start_s", "end_s", "offset_ms"}]


def test_sound_moved_inside_the_file_is_refused_with_what_to_do(talker, clips):
    late = clips.make("-i", talker, "-c:v", "copy", "-af", "adelay=400:all=1", "-c:a", "aac", "-t", SECONDS)
    facts = inspect_file(late)
    check = sync_check(facts)
    assert facts.sync.offset_ms == pytest.approx(400, abs=50)
    assert check.verdict == "fail"
    assert "声音比画面晚" in check.message
    assert "往前移" in check.message
    assert check.evidence


def test_a_voice_of_somebody_else_is_left_to_a_person(tmp_path):
    check = sync_check(inspect_file(talking_head(tmp_path / "dubbed.mp4", SECONDS, voice_seed=2)))
    assert check.verdict == "unknown"
    assert "没有找到可靠的对应" in check.message
    assert len(check.evidence) == 3


def test_slides_have_no_lips_and_are_left_to_a_person(clips):
    facts = inspect_file(clips.lecture(picture=slides(), voice=talk()))
    assert (facts.sync.reason, facts.sync.offset_ms, facts.sync.confidence) == ("no_face", None, 0.0)
    assert "没有看到讲师的脸" in sync_check(facts).message


def test_a_model_with_other_bytes_is_never_run(tmp_path, monkeypatch):
    (tmp_path / models.FACES).write_bytes(models.content_of(models.FACES)[:-1] + b"\0\0")
    monkeypatch.setattr(models, "folder", lambda: tmp_path)
    with pytest.raises(models.ModelsMissing, match="校验值不符"):
        models.content_of(models.FACES)
    with pytest.raises(models.ModelsMissing, match="读不出来"):
        models.content_of(models.LANDMARKS)


def test_without_the_package_everything_else_is_measured_and_the_report_says_so(clips, monkeypatch):
    monkeypatch.setattr(models, "PACKAGE", "no_such_package")
    monkeypatch.setattr(models, "_checked", models.content_of)
    facts = inspect_file(clips.lecture())
    assert facts.sync.reason == "no_models"
    check = sync_check(facts)
    assert check.verdict == "unknown"
    assert "没有安装人脸模型" in check.message
    assert facts.picture is not None
