"""The captions of a video, version by version: heard, uploaded, edited, restored. Nothing is overwritten."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from media_pipeline.captions import CaptionsRefused, Cue, cut, read_captions
from media_pipeline.captions.limits import MOST_CUES
from media_pipeline.captions.reading import refuse_errors
from media_pipeline.models import Captions, Transcript, Video


class CaptionsMoved(Exception):
    """Somebody saved a newer version meanwhile; nothing was overwritten. `newest` is that version."""

    def __init__(self, newest: Captions) -> None:
        who = newest.created_by or "语音识别"
        super().__init__(
            f"{who} 刚刚保存了第 {newest.number} 版字幕。您的修改还在这个页面上，没有丢失："
            "请先看新版，再决定用谁的。"
        )
        self.newest = newest


def captions_of(videos: Iterable[Video]) -> dict[UUID, Captions]:
    """The captions in force of each video that has some; one query."""
    return {each.video_id: each for each in Captions.objects.newest().filter(video__in=list(videos))}


def may_edit(user: User, video: Video) -> bool:
    """Authors of the institution that uploaded the video."""
    return user.has_role(Role.AUTHOR) and user.institution_id == video.institution_id


def save(video: Video, cues: Sequence[Cue], *, based_on: int, by: User, now: datetime) -> Captions:
    """Store edited cues as the next version; raises `CaptionsRefused`, or `CaptionsMoved` when `based_on`
    is not the newest version's number (0: there is none)."""
    if not cues:
        raise CaptionsRefused("没有一条字幕可以保存。要去掉字幕，请恢复以前的版本或上传新文件。")
    if len(cues) > MOST_CUES:
        raise CaptionsRefused(f"有 {len(cues)} 条字幕，最多 {MOST_CUES} 条。")
    refuse_errors(list(cues), video.duration_s)
    return _append(video, cues, Captions.Origin.EDITED, based_on=based_on, by=by, now=now)


def upload(video: Video, data: bytes, *, name: str, by: User, now: datetime) -> Captions:
    """Read a .vtt or .srt file as the next version; raises `CaptionsRefused`."""
    cues = read_captions(data, duration_s=video.duration_s)
    return _append(video, cues, Captions.Origin.UPLOADED, note=name[-200:], by=by, now=now)


def restore(video: Video, number: int, *, by: User, now: datetime) -> Captions:
    """Make an old version the newest again; raises `Captions.DoesNotExist`."""
    old = Captions.objects.get(video=video, number=number)
    return _append(video, old.cues, Captions.Origin.RESTORED, note=f"第 {number} 版", by=by, now=now)


def take_from_transcript(sha256: str, *, now: datetime) -> None:
    """Give the videos of these bytes the captions that were heard, unless a person has made some."""
    transcript = Transcript.objects.filter(
        job__kind="transcribe", job__key=sha256, state=Transcript.State.HEARD
    ).first()
    if transcript is None:
        return
    rows = [cue.to_json() for cue in cut(words_of(transcript))]
    with transaction.atomic():
        for video in Video.objects.select_for_update().filter(sha256=sha256).order_by("pk"):
            newest = Captions.objects.newest().filter(video=video).first()
            if newest is None or (newest.origin == Captions.Origin.HEARD and newest.rows != rows):
                _add(video, newest, rows, Captions.Origin.HEARD, now=now)


def words_of(transcript: Transcript) -> list[tuple[str, float, float]]:
    """The words of a transcript with their times; a segment without word times counts as one word."""
    return [
        (text, start, end)
        for segment in transcript.segments
        for text, start, end in segment["words"] or [(segment["text"], segment["start_s"], segment["end_s"])]
    ]


def _append(
    video: Video,
    cues: Sequence[Cue],
    origin: Captions.Origin,
    *,
    by: User,
    now: datetime,
    based_on: int | None = None,
    note: str = "",
) -> Captions:
    with transaction.atomic():
        Video.objects.select_for_update().get(pk=video.pk)
        newest = Captions.objects.newest().filter(video=video).select_related("created_by").first()
        if based_on is not None and newest and newest.number != based_on:
            raise CaptionsMoved(newest)
        return _add(video, newest, [cue.to_json() for cue in cues], origin, by=by, note=note, now=now)


def _add(
    video: Video,
    newest: Captions | None,
    rows: list,
    origin: Captions.Origin,
    *,
    now: datetime,
    by: User | None = None,
    note: str = "",
) -> Captions:
    return Captions.objects.create(
        video=video,
        number=newest.number + 1 if newest else 1,
        rows=rows,
        origin=origin,
        note=note,
        created_by=by,
        created_at=now,
    )
