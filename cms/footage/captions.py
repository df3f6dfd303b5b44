"""What screens say of a video's captions: one chip, and how far the transcription is or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from cms.states import Chip
from media_pipeline.jobs import transcribing
from media_pipeline.models import Captions, Job, Transcript, Video

UPLOAD = "也可以上传 WebVTT 或 SRT 字幕。"


@dataclass(frozen=True, slots=True)
class CaptionState:
    """`share` is 0..1 of a transcription under way; `advice` says what is the matter and what to do next."""

    chip: Chip
    headline: str = ""
    advice: str = ""
    share: float | None = None
    may_retry: bool = False

    @property
    def moves(self) -> bool:
        return self.share is not None

    @property
    def percent(self) -> int:
        return int(100 * (self.share or 0))


def caption_states(videos: Iterable[Video]) -> dict[UUID, CaptionState]:
    """The state of each complete video's captions, by its id: two queries whatever their number."""
    videos = [video for video in videos if video.completed_at]
    jobs = transcribing.jobs_of(videos)
    newest = Captions.objects.newest().filter(video__in=videos).defer("rows")
    numbers = {each.video_id: each for each in newest}
    return {video.pk: _state(video, jobs.get(video.pk), numbers.get(video.pk)) for video in videos}


def caption_chips(videos: Iterable[Video]) -> dict[UUID, Chip]:
    return {video: state.chip for video, state in caption_states(videos).items()}


def _state(video: Video, job: Job | None, captions: Captions | None) -> CaptionState:
    url = reverse("cms:captions", args=[video.pk])
    if captions and not (job and job.is_open and captions.origin == Captions.Origin.HEARD):
        return _there(captions, getattr(job, "transcript", None), url)
    if job is None:
        return _none(video, url)
    if job.is_open:
        return _under_way(job, url)
    if job.state == Job.State.FAILED:
        chip = Chip("✕", "没有转写成", "warn", url)
        return CaptionState(chip, "没有转写成", f"{job.error}{UPLOAD}", may_retry=True)
    return _without_text(job.transcript, url)


def _there(captions: Captions, transcript: Transcript | None, url: str) -> CaptionState:
    if captions.origin != Captions.Origin.HEARD:
        return CaptionState(Chip("✓", f"字幕第 {captions.number} 版", "good", url))
    if transcript and transcript.thin:
        advice = "这些地方的文字比语速该有的少。请点时间听一听，补上漏掉的话。"
        if not all(row.get("again", True) for row in transcript.thin):
            advice += "声音很难听清，连着重听两段都没有用，后面的就不再重听（那样会慢几倍）。"
        return CaptionState(Chip("!", "字幕可能漏字", "warn", url), "可能漏字", advice)
    return CaptionState(Chip("…", "字幕待核对", "", url))


def _none(video: Video, url: str) -> CaptionState:
    chip = Chip("–", "没有字幕", "", url)
    if not settings.TRANSCRIBE:
        return CaptionState(chip, "没有字幕", "自动转写已由管理员关闭。请上传 WebVTT 或 SRT 字幕。")
    if video.state == Video.State.INSPECTING:
        waits = Chip("–", "检查后转写", "", url)
        return CaptionState(waits, "还没有字幕", "视频检查完以后自动转写。" + UPLOAD)
    return CaptionState(
        chip, "没有字幕", "这个视频还没有转写过。点「重新转写」就开始；" + UPLOAD, may_retry=True
    )


def _under_way(job: Job, url: str) -> CaptionState:
    if job.state == Job.State.QUEUED:
        chip = Chip("◌", "等待转写", "busy", url)
        advice = "轮到时自动开始。可以离开这个页面。"
        return CaptionState(chip, job.stage or "等待转写", advice, 0.0)
    stage = job.stage or "开始转写"
    headline = f"转写中 {job.progress:.0%}：{stage}"
    chip = Chip("◌", f"转写中 {job.progress:.0%}", "busy", url)
    return CaptionState(chip, headline, "可以离开这个页面，转写完自动出现字幕。", job.progress)


def _without_text(transcript: Transcript, url: str) -> CaptionState:
    if transcript.state == Transcript.State.NO_SPEECH and transcript.speech_s:
        chip = Chip("–", "没有识别出文字", "", url)
        return CaptionState(chip, "有人声，没有识别出文字", transcript.reason, may_retry=True)
    if transcript.state == Transcript.State.NO_SPEECH:
        return CaptionState(Chip("–", "没有人声", "", url), "没有听到人声", transcript.reason, may_retry=True)
    return CaptionState(Chip("–", "没有字幕", "", url), "没有转写", transcript.reason, may_retry=True)
