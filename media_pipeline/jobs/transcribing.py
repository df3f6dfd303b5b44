"""The act of transcription: from a file that was inspected to its text and the captions of its videos."""

import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from media_pipeline import captioning
from media_pipeline.jobs import queue as jobs
from media_pipeline.jobs.working import Clock, Report, Store, work
from media_pipeline.models import Job, Transcript, Video
from media_pipeline.receiving.originals import at_hand
from media_pipeline.transcripts.model_files import NoModel, Verified, ready

if TYPE_CHECKING:
    from media_pipeline.transcripts.hearing import Heard
    from media_pipeline.transcripts.speech import Engine

NO_SOUND = "视频没有声音轨道，无法转写。需要字幕时请上传 WebVTT 或 SRT 文件。"
NO_VOICE = "整个视频没有听到人声。确实有讲解的话，请核对录音；也可以上传 WebVTT 或 SRT 字幕。"
NO_WORDS = "听到像人声的声音，但没有识别出可信的文字。请核对录音；也可以上传 WebVTT 或 SRT 字幕。"
DECODING_PART = 0.05  # of the whole work


def request(sha256: str, *, now: datetime) -> Job | None:
    """The job that transcribes these bytes, once for all their videos; None where it is switched off."""
    captioning.take_from_transcript(sha256, now=now)
    if not settings.TRANSCRIBE:
        return None
    return jobs.enqueue(kind=Job.Kind.TRANSCRIBE, key=sha256, now=now)


def again(sha256: str, *, now: datetime) -> bool:
    """Transcribe once more, with today's model; captions that a person worked on stay in force."""
    job = jobs.enqueue(kind=Job.Kind.TRANSCRIBE, key=sha256, now=now)
    return jobs.start_afresh(job, now=now) or job.is_open


def request_skipped(*, now: datetime) -> int:
    """Queue what was skipped, as when a model has just arrived; return how many."""
    skipped = Job.objects.filter(transcript__state=Transcript.State.SKIPPED)
    return sum(jobs.start_afresh(job, now=now) for job in skipped)


def jobs_of(videos: Iterable[Video]) -> dict[UUID, Job]:
    """The transcription of each video that has one, with its result; one query."""
    videos = [video for video in videos if video.sha256]
    found = Job.objects.filter(kind=Job.Kind.TRANSCRIBE, key__in={video.sha256 for video in videos})
    by_key = {job.key: job for job in found.select_related("transcript").defer("transcript__segments")}
    return {video.pk: by_key[video.sha256] for video in videos if video.sha256 in by_key}


def run(job_id: UUID, *, clock: Clock = timezone.now) -> None:
    """Transcribe the file of a queued job."""
    work(job_id, _transcribe, clock=clock)


def load_engine(model: Verified) -> "Engine":
    """Whisper with this model. Called in a job's own process and never before it was forked."""
    from media_pipeline.transcripts.whisper import Whisper  # 300 MB and a fork trap

    return Whisper(model)


def _transcribe(job_id: UUID, report: Report) -> Store:
    sha256 = Job.objects.get(pk=job_id).key
    with at_hand(sha256=sha256, on_stage=lambda stage: report(0.0, stage)) as path:
        return _transcribe_file(job_id, path, report)


def _transcribe_file(job_id: UUID, path: Path, report: Report) -> Store:
    from media_pipeline.opening.probe import probe  # loads the decoders, which web processes never need
    from media_pipeline.opening.sniff import sniff

    began = time.monotonic()
    probed = probe(path, sniff(path), on_tick=lambda: report(0.0, "读取文件结构"))
    if probed.audio is None:
        return _storing(job_id, state=Transcript.State.SKIPPED, reason=NO_SOUND)
    try:
        model = ready(settings.TRANSCRIPT_MODEL, settings.TRANSCRIPT_MODELS)
    except NoModel as missing:
        return _storing(job_id, state=Transcript.State.SKIPPED, reason=str(missing)[:300])
    heard, duration_s = _hear(path, probed, load_engine(model), report)
    return _storing(job_id, **_result(heard), duration_s=duration_s, wall_s=time.monotonic() - began)


def _hear(path: Any, probed: Any, engine: "Engine", report: Report) -> "tuple[Heard, float]":
    from media_pipeline.transcripts.hearing import hear
    from media_pipeline.transcripts.sound import recording

    def decoded(share: float) -> None:
        report(DECODING_PART * share, "取出声音")

    def done(share: float, stage: str) -> None:
        report(DECODING_PART + (1 - DECODING_PART) * share, stage)

    with recording(path, probed, on_progress=decoded) as sound:
        return hear(sound, engine, report=done), sound.duration_s


def _result(heard: "Heard") -> dict[str, Any]:
    segments = [
        {
            "start_s": round(each.start_s, 2),
            "end_s": round(each.end_s, 2),
            "text": each.text,
            "words": [[word.text, round(word.start_s, 2), round(word.end_s, 2)] for word in each.words],
            "log_probability": round(each.log_probability, 2),
        }
        for each in heard.segments
    ]
    thin = [
        {
            "start_s": each.start_s,
            "end_s": each.end_s,
            "per_second": round(each.per_second, 1),
            "again": each.heard_again,
        }
        for each in heard.thin
    ]
    no_words = NO_WORDS if heard.speech_s else NO_VOICE
    return {
        "state": Transcript.State.HEARD if segments else Transcript.State.NO_SPEECH,
        "reason": "" if segments else no_words,
        "segments": segments,
        "removed": [asdict(each) for each in heard.removed],
        "thin": thin,
        "heard_again": heard.heard_again,
        "speech_s": heard.speech_s,
        "settings": dict(heard.settings),
    }


def _storing(job_id: UUID, **result: Any) -> Store:
    def store(now: datetime) -> None:
        Transcript.objects.filter(job=job_id).delete()
        transcript = Transcript.objects.create(job_id=job_id, created_at=now, **result)
        captioning.take_from_transcript(transcript.job.key, now=now)

    return store
