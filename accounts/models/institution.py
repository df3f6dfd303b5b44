from django.db import models


class Institution(models.Model):
    """A unit whose people write courses or choose them; what one writes unpublished, another cannot read."""

    name = models.CharField("机构名称", max_length=100, unique=True)
    upload_quota_gib = models.PositiveIntegerField("视频空间上限（GiB）", default=200)

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def upload_quota_bytes(self) -> int:
        return self.upload_quota_gib * 1024**3
