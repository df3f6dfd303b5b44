from django.db import models


class Institution(models.Model):
    """A unit whose people write courses or choose them; what one writes unpublished, another cannot read."""

    name = models.CharField("机构名称", max_length=100, unique=True)
    upload_quota_bytes = models.BigIntegerField("视频空间上限（字节）", default=200 * 1024**3)

    class Meta:
        verbose_name = verbose_name_plural = "机构"

    def __str__(self) -> str:
        return self.name
