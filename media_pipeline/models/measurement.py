from django.db import models
from django.db.models import Q

from media_pipeline.models.job import Job


class Measurement(models.Model):
    """What one version of the engine measured of a file; the file is named by its job's key, the sha256."""

    class Verdict(models.TextChoices):
        PASS = "pass", "合格"
        WARN = "warn", "待查看"
        FAIL = "fail", "不合格"

    job = models.ForeignKey(Job, models.PROTECT, related_name="measurements", verbose_name="任务")
    engine_version = models.CharField("引擎版本", max_length=20)
    facts = models.JSONField("测量值")
    duration_s = models.FloatField("时长（秒）")
    profile = models.CharField("所用阈值", max_length=50)
    verdict = models.CharField("结论", max_length=4, choices=Verdict)
    created_at = models.DateTimeField("测量时间")

    class Meta:
        verbose_name = verbose_name_plural = "测量"
        constraints = [
            models.UniqueConstraint(
                fields=["job", "engine_version"], name="measurement_once_per_file_and_engine"
            ),
            models.CheckConstraint(condition=Q(duration_s__gte=0), name="measurement_duration_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}（{self.engine_version}）"

    @property
    def sha256(self) -> str:
        return self.job.key
