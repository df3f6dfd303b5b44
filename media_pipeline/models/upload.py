from datetime import datetime

from django.db import models
from django.db.models import Q

from media_pipeline.models.video import Video


class UploadQuerySet(models.QuerySet["Upload"]):
    def unfinished(self) -> "UploadQuerySet":
        return self.filter(finished_at__isnull=True)

    def expired(self, now: datetime) -> "UploadQuerySet":
        return self.unfinished().filter(expires_at__lte=now)


class Upload(models.Model):
    """A file on its way. How far it came is the size of the partial file on disk and nothing else."""

    video = models.OneToOneField(Video, models.CASCADE, primary_key=True, related_name="upload")
    length = models.BigIntegerField("总长（字节）")
    expires_at = models.DateTimeField("过期时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    error = models.CharField("未接收的原因", max_length=300, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传"
        constraints = [
            models.CheckConstraint(condition=Q(length__gt=0), name="upload_is_not_empty"),
            models.CheckConstraint(
                condition=Q(error="") | Q(finished_at__isnull=False), name="upload_refused_is_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video}（{self.length} 字节）"
