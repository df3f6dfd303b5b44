"""From an inspected video to its text and captions; what happens where there is no sound, voice or model."""

import pytest

from accounts.roles import Role
from media_pipeline import captioning
from media_pipeline.captioning import CaptionsMoved
from media_pipeline.captions import CaptionsRefused, Cue
from media_pipeline.jobs import inspecting, transcribing
from media_pipeline.jobs import queue as jobs
from media_pipeline.models import Captions, Job, Transcript, Video
from media_pipeline.receiving import uploads
from tests.media_pipeline.voices import FakeEngine

pytestmark = pytest.mark.django_db
SAID = [(0.5, 2.0, "先断开电源"), (2.5, 4.5, "再验电挂接地线")]


@pytest.fixture(autouse=True)
def switched_on(settings, media_root) -> None:
    settings.TRANSCRIBE = True


@pytest.fixture
def hearing(monkeypatch):
    """Replace the engine: `hearing(script)` is what it hears in any sound."""

    class Deaf(FakeEngine):
        def _span(self, samples):
            return 0.0, len(samples) / 16_000

    def put(script):
        monkeypatch.setattr(transcribing, "ready", lambda name, models: None)
        monkeypatch.setattr(transcribing, "load_engine", lambda model: Deaf(script))

    return put


@pytest.fixture
def video(clips, author, now) -> Video:
    return uploads.add_file(clips.lecture(), by=author, now=now)


def work(now) -> None:
    """Do all that is queued, as workers would."""
    for job in Job.objects.filter(state=Job.State.QUEUED).order_by("created_at", "kind"):
        act = {"inspect": inspecting.run, "transcribe": transcribing.run}.get(job.kind)
        if act:
            act(job.pk, clock=lambda: now)


def transcript(video: Video) -> Transcript:
    return Transcript.objects.get(job__key=video.sha256)


def test_transcription_begins_when_the_inspection_has_ended(video, now, hearing):
    hearing(SAID)
    assert not Job.objects.filter(kind=Job.Kind.TRANSCRIBE).exists()
    work(now)
    job = transcribing.jobs_of([video])[video.pk]
    assert (job.kind, job.state) == ("transcribe", "queued")
    work(now)
    heard = transcript(video)
    assert (heard.state, heard.reason, heard.settings["model_sha256"]) == ("heard", "", "0" * 64)
    assert [each["text"] for each in heard.segments] == [text for _, _, text in SAID]
    captions = captioning.captions_of([video])[video.pk]
    assert (captions.number, captions.origin, captions.created_by) == (1, "heard", None)
    assert "".join(cue.running_text for cue in captions.cues) == "先断开电源再验电挂接地线"


def test_switched_off_nothing_is_queued(video, now, settings):
    settings.TRANSCRIBE = False
    work(now)
    assert not Job.objects.filter(kind=Job.Kind.TRANSCRIBE).exists()


def test_the_same_bytes_are_transcribed_once_and_each_video_has_captions_of_its_own(
    video, clips, person, now, hearing
):
    hearing(SAID)
    work(now)
    work(now)
    other = uploads.add_file(clips.lecture(), by=person(Role.AUTHOR, institution="乙"), now=now)
    assert Job.objects.filter(kind="transcribe").count() == 1
    captioning.save(other, [Cue(0, 1, "改过")], based_on=1, by=other.uploaded_by, now=now)
    found = captioning.captions_of([video, other])
    assert [found[each.pk].number for each in (video, other)] == [1, 2]


def test_without_a_model_it_is_skipped_with_the_next_command_and_made_up_for_when_it_came(
    video, now, settings, tmp_path, hearing
):
    settings.TRANSCRIPT_MODEL, settings.TRANSCRIPT_MODELS = "small", tmp_path / "none"
    work(now)
    work(now)
    skipped = transcript(video)
    assert (skipped.job.state, skipped.state) == ("succeeded", "skipped")
    assert "transcript_model download small" in skipped.reason
    assert Video.objects.with_inspection().get(pk=video.pk).state == "inspected"
    hearing(SAID)
    assert transcribing.request_skipped(now=now) == 1
    work(now)
    assert transcript(video).state == "heard"


def test_without_a_sound_track_it_is_skipped_and_says_what_to_do(clips, author, now):
    silent = clips.make("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-an")
    video = uploads.add_file(silent, by=author, now=now)
    work(now)
    work(now)
    assert (transcript(video).state, transcript(video).reason) == ("skipped", transcribing.NO_SOUND)


def test_where_nobody_speaks_that_is_a_result_of_its_own(video, now, hearing):
    hearing([])
    work(now)
    work(now)
    assert (transcript(video).state, transcript(video).reason) == ("no_speech", transcribing.NO_VOICE)
    assert captioning.captions_of([video]) == {}


def test_an_engine_that_breaks_is_a_failure_that_says_so_and_can_be_tried_again(
    video, now, hearing, monkeypatch, caplog
):
    hearing(SAID)
    monkeypatch.setattr(transcribing, "load_engine", lambda model: 1 / 0)
    work(now)
    work(now)
    job = transcribing.jobs_of([video])[video.pk]
    assert job.error == "转写时出现意外错误，原因已记录。请点「重新转写」；仍出现请联系管理员。"
    hearing(SAID)
    assert transcribing.again(video.sha256, now=now)
    work(now)
    assert transcript(video).state == "heard"


def test_heard_again_captions_follow_unless_a_person_worked_on_them(video, author, now, hearing):
    hearing(SAID)
    work(now)
    work(now)
    hearing([(0.5, 2.0, "先切断电源")])
    transcribing.again(video.sha256, now=now)
    work(now)
    newest = captioning.captions_of([video])[video.pk]
    assert (newest.number, newest.rows[0][2]) == (2, "先切断电源")
    captioning.save(video, [Cue(0.5, 2.0, "先断电")], based_on=2, by=author, now=now)
    hearing(SAID)
    transcribing.again(video.sha256, now=now)
    work(now)
    newest = captioning.captions_of([video])[video.pk]
    assert (newest.number, newest.origin, newest.rows) == (3, "edited", [[0.5, 2.0, "先断电"]])


def test_whoever_lost_the_job_stores_nothing(video, now, hearing, monkeypatch):
    hearing(SAID)
    work(now)
    result = transcribing._result

    def overtaken(heard):
        jobs.requeue_overdue(now + 2 * jobs.LEASE)
        return result(heard)

    monkeypatch.setattr(transcribing, "_result", overtaken)
    work(now)
    assert (Transcript.objects.count(), Captions.objects.count()) == (0, 0)


class TestVersions:
    def test_each_save_is_a_version_and_an_old_one_comes_back_as_the_newest(self, video, author, now):
        captioning.upload(video, b"WEBVTT\n\n00:00.000 --> 00:01.000\nA\n", name="a.vtt", by=author, now=now)
        captioning.save(video, [Cue(0, 1, "B")], based_on=1, by=author, now=now)
        captioning.restore(video, 1, by=author, now=now)
        rows = [(each.number, each.origin, each.rows[0][2], each.note) for each in video.captions.all()]
        assert rows == [
            (3, "restored", "A", "第 1 版"),
            (2, "edited", "B", ""),
            (1, "uploaded", "A", "a.vtt"),
        ]

    def test_of_two_who_edit_the_same_version_the_second_overwrites_nothing(self, video, author, now):
        captioning.save(video, [Cue(0, 1, "甲")], based_on=0, by=author, now=now)
        with pytest.raises(CaptionsMoved, match="刚刚保存了第 1 版字幕") as moved:
            captioning.save(video, [Cue(0, 1, "乙")], based_on=0, by=author, now=now)
        assert (moved.value.newest.number, video.captions.get().rows) == (1, [[0, 1, "甲"]])

    def test_captions_with_an_error_are_refused(self, video, author, now):
        with pytest.raises(CaptionsRefused, match="第 1 条没有文字"):
            captioning.save(video, [Cue(0, 1, " ")], based_on=0, by=author, now=now)
        with pytest.raises(CaptionsRefused, match="没有一条字幕"):
            captioning.save(video, [], based_on=0, by=author, now=now)
