from django.db import models
from django.utils import timezone

from catalog.reminding import Step


class RightsReminder(models.Model):
    """The licence of a published course came to a step before its end; once per step."""

    release = models.ForeignKey("cms.CourseRelease", models.CASCADE, related_name="rights_reminders")
    step = models.SmallIntegerField("提醒", choices=[(step.value, step.label) for step in Step])
    until = models.DateField("授权到期日")
    at = models.DateTimeField("提醒时间", default=timezone.now)
    people = models.ManyToManyField("accounts.User", related_name="rights_reminders")

    class Meta:
        verbose_name = verbose_name_plural = "版权到期提醒"
        ordering = ["until", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["release", "step"], name="rights_reminded_once_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.release}版权 {self.until} 到期：{self.get_step_display()}"
