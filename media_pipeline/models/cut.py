from django.db import models
from django.db.models import F, Q

from media_pipeline.models.job import Job


class Cut(models.Model):
    """A long video on its way: what was probed once, and the pieces that several workers measure."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="cut", verbose_name="检查任务")
    engine_version = models.CharField("引擎版本", max_length=20)
    probed = models.JSONField("文件结构")

    class Meta:
        verbose_name = verbose_name_plural = "分段检查"

    def __str__(self) -> str:
        return f"{self.job}"


class Piece(models.Model):
    """One piece with a job, a lease and attempts of its own; gone once the pieces are joined."""

    class Kind(models.TextChoices):
        PICTURE = "picture", "画面"
        SOUND = "sound", "声音"

    cut = models.ForeignKey(Cut, models.CASCADE, related_name="pieces", verbose_name="分段检查")
    job = models.OneToOneField(Job, models.CASCADE, related_name="piece", verbose_name="任务")
    number = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    start_s = models.FloatField("开始（秒）")
    end_s = models.FloatField("结束（秒）")
    is_last = models.BooleanField("最后一段")
    measured = models.JSONField("测量值", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "分段"
        ordering = ["cut", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cut", "number"], name="piece_number_once_per_cut"),
            models.CheckConstraint(condition=Q(end_s__gt=F("start_s")), name="piece_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start_s:g}–{self.end_s:g} 秒"
