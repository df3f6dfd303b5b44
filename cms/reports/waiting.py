"""What the page says while there is no report: uploading, inspecting, or why it came to nothing."""

from dataclasses import dataclass

from media_pipeline.models import Job, Video
from media_pipeline.receiving import uploads

RECEIVED = "不用再上传，可以离开这个页面；存放好以后自动开始检查。超过几分钟仍是这样，请联系平台管理员。"


@dataclass(frozen=True, slots=True)
class Waiting:
    """`share` is 0..1 of the way, None where there is none; `moves` when the page should ask again."""

    look: str
    headline: str
    advice: str
    share: float | None = None
    moves: bool = False
    may_retry: bool = False

    @property
    def percent(self) -> int:
        return int(100 * (self.share or 0))


def waiting_of(video: Video) -> Waiting | None:
    """How far a video from `with_inspection()` is; None once it is inspected."""
    state = video.state
    if state == Video.State.INSPECTED:
        return None
    if state == Video.State.UPLOADING:
        return _uploading(video)
    if state == Video.State.RECEIVED:
        return Waiting("busy", "已全部收到，正在存放", RECEIVED, 1.0, moves=True)
    if state == Video.State.INSPECTING:
        return _queued(video.job) if _has_not_begun(video.job) else _running(video.job)
    if state == Video.State.REFUSED:
        return Waiting("bad", "这个文件没有被接收", f"{video.error}请到课程页换一个文件上传。")
    advice = f"{video.error}文件没有问题的话，可以重新检查一次；否则请到课程页换一个文件上传。"
    return Waiting("bad", "没有检查成", advice, may_retry=True)


def _has_not_begun(job: Job) -> bool:
    """A job whose pieces are measured is queued once more to join them, and says so in its stage."""
    return job.state == Job.State.QUEUED and not job.stage


def jobs_ahead(job: Job) -> int:
    """How many inspections come before this one: those under way and those queued earlier."""
    inspections = Job.objects.filter(kind=Job.Kind.INSPECT)
    earlier = inspections.filter(state=Job.State.QUEUED, created_at__lt=job.created_at)
    return (earlier | inspections.filter(state__in=[Job.State.RUNNING, Job.State.WAITING])).count()


def _uploading(video: Video) -> Waiting:
    share = uploads.offset(video.upload) / video.upload.length
    advice = "上传时请保持上传页面打开。中断了也不要紧：到课程页的这个课时再选同一个文件，就从断点接着传。"
    return Waiting("busy", f"已收到 {int(100 * share)} %", advice, share, moves=True)


def _queued(job: Job) -> Waiting:
    ahead = jobs_ahead(job)
    if ahead:
        return Waiting(
            "busy", f"排队中，前面还有 {ahead} 个视频", "轮到时自动开始。可以离开这个页面。", 0.0, moves=True
        )
    advice = "马上就轮到。如果几分钟后仍在排队，说明检查程序没有运行，请联系平台管理员。"
    return Waiting("busy", "排队中，前面没有别的视频", advice, 0.0, moves=True)


def _running(job: Job) -> Waiting:
    stage = job.stage or "开始检查"
    return Waiting(
        "busy",
        f"检查中 {job.progress:.0%}：{stage}",
        "可以离开这个页面，检查完自动显示结果。",
        job.progress,
        moves=True,
    )
