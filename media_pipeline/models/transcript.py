from django.db import models
from django.db.models import Q

from media_pipeline.models.job import Job


class Transcript(models.Model):
    """What was heard in a file, whoever uploaded it; its job's key is the sha256. A failure is the job's."""

    class State(models.TextChoices):
        HEARD = "heard", "已转写"
        NO_SPEECH = "no_speech", "没有听到人声"
        SKIPPED = "skipped", "已跳过"

    job = models.OneToOneField(Job, models.CASCADE, related_name="transcript", verbose_name="任务")
    state = models.CharField("结果", max_length=10, choices=State)
    reason = models.CharField("原因和下一步", max_length=300, blank=True)
    segments = models.JSONField(
        "文字",
        default=list,
        help_text="[{start_s, end_s, text, words: [[文字, 起, 止]], log_probability}]，秒",
    )
    removed = models.JSONField("去掉的文字", default=list, help_text="[{start_s, end_s, text, why}]")
    thin = models.JSONField("可能漏字", default=list, help_text="[{start_s, end_s, per_second}]")
    heard_again = models.PositiveIntegerField("重听的段落", default=0)
    speech_s = models.FloatField("人声（秒）", default=0.0)
    duration_s = models.FloatField("时长（秒）", default=0.0)
    wall_s = models.FloatField("用时（秒）", default=0.0)
    settings = models.JSONField("引擎、模型和设置", default=dict)
    created_at = models.DateTimeField("转写时间")

    class Meta:
        verbose_name = verbose_name_plural = "转写"
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="heard", reason="") & ~Q(segments=[]))
                | (Q(state__in=["no_speech", "skipped"]) & ~Q(reason="")),
                name="transcript_without_text_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job.key[:12]}：{self.get_state_display()}"
