"""How far the qualities of a video are: said below the player while there is something to say."""

from dataclasses import dataclass

from cms.states import Chip
from media_pipeline.models import Job, Video


@dataclass(frozen=True, slots=True)
class Qualities:
    chip: Chip
    text: str
    share: float = 0.0
    moves: bool = False
    may_retry: bool = False
    is_new: bool = False


def qualities_of(video: Video, *, asked_again: bool = False) -> Qualities | None:
    """None when all is done; a page that waited (`asked_again`) hears that it is."""
    job = Job.objects.filter(kind=Job.Kind.RENDER, key=video.sha256).first()
    if job is None or (job.state == Job.State.SUCCEEDED and not asked_again):
        return None
    if job.state == Job.State.SUCCEEDED:
        return Qualities(Chip("✓", "已做好", "good"), "流畅、标清、高清和缩略图可以用了。", is_new=True)
    if job.state == Job.State.FAILED:
        return Qualities(Chip("✕", "清晰度没有做成", "bad"), job.error, may_retry=True)
    if job.state == Job.State.QUEUED:
        why = job.stage or "流畅、标清、高清等着转码"
        return Qualities(Chip("◌", "排队中", "busy"), f"{why}，现在播放的是原文件。", moves=True)
    return Qualities(
        Chip("◌", f"转码中 {job.progress:.0%}", "busy"),
        "正在制作流畅、标清、高清，现在播放的是原文件。",
        job.progress,
        moves=True,
    )
