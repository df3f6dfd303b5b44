from pathlib import PurePath

from django.db import models
from django.db.models import Q

from media_pipeline.models.job import Job
from media_pipeline.models.video import Video


class RenditionQuerySet(models.QuerySet["Rendition"]):
    def of(self, *videos: Video) -> "RenditionQuerySet":
        """Those of the bytes of these videos; each knows its job, whose key is their sha256."""
        keys = [video.sha256 for video in videos if video.sha256]
        return self.filter(job__kind=Job.Kind.RENDER, job__key__in=keys).select_related("job")


class Rendition(models.Model):
    """A file made from a video's bytes and checked; equal uploads share it, for it hangs on their job.

    A row exists only when the file is complete. Sprites are sheets of thumbnails, numbered in their order,
    with the step between two thumbnails in seconds.
    """

    class Kind(models.TextChoices):
        LOW = "low", "流畅"
        MID = "mid", "标清"
        HIGH = "high", "高清"
        POSTER = "poster", "封面"
        SPRITE = "sprite", "缩略图"

    QUALITIES = (Kind.HIGH, Kind.MID, Kind.LOW)

    job = models.ForeignKey(Job, models.CASCADE, related_name="renditions", verbose_name="任务")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField("序号", default=0)
    name = models.CharField("文件", max_length=200, unique=True, help_text="相对媒体目录的路径")
    size = models.BigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    width = models.PositiveIntegerField("宽（像素）")
    height = models.PositiveIntegerField("高（像素）")
    every_s = models.PositiveSmallIntegerField("间隔（秒）", null=True, blank=True)
    created_at = models.DateTimeField("完成时间")

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "清晰度"
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "kind", "number"], name="rendition_once_per_file"),
            models.CheckConstraint(
                condition=(Q(kind="sprite") & Q(every_s__gt=0)) | (~Q(kind="sprite") & Q(every_s=None)),
                name="rendition_sprites_have_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.width}×{self.height}"

    @property
    def lines(self) -> int:
        return min(self.width, self.height)

    @property
    def file_name(self) -> str:
        """The last part of its address and its path: `high.mp4`, `sprite-2.jpg`."""
        return PurePath(self.name).name
