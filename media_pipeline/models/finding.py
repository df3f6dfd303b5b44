from django.db import models

from media_pipeline.models.measurement import Measurement


class Finding(models.Model):
    """What one check says of a measurement under one threshold profile (attachment 3, checklist item 8)."""

    class Verdict(models.TextChoices):
        PASS = "pass", "合格"
        WARN = "warn", "待查看"
        FAIL = "fail", "不合格"
        UNKNOWN = "unknown", "无法判断"
        NOT_APPLICABLE = "not_applicable", "不适用"

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="findings", verbose_name="测量")
    profile = models.CharField("所用阈值", max_length=50)
    check_id = models.CharField("检查项", max_length=30)
    title = models.CharField("名称", max_length=50)
    verdict = models.CharField("结论", max_length=14, choices=Verdict)
    value = models.FloatField("实测", null=True, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    threshold = models.CharField("限值", max_length=200, blank=True)
    message = models.TextField("说明")
    clause = models.CharField("依据", max_length=200, blank=True)
    evidence = models.JSONField("位置", default=list, blank=True, help_text="[{start_s, end_s, note}]，秒")

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measurement", "profile", "check_id"], name="finding_once_per_check_and_profile"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["pass", "warn", "fail", "unknown", "not_applicable"]),
                name="finding_verdict_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.get_verdict_display()}"
