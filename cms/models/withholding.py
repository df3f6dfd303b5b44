from django.db import models
from django.db.models import Q
from django.utils import timezone


class Policy(models.Model):
    """What the platform's admin decided for the whole site; one row."""

    withholds_overdue = models.BooleanField("更新逾期的课程暂停选用", default=False)
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField("改动时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限规则"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_policy")]

    def __str__(self) -> str:
        return "期限规则"


class Withholding(models.Model):
    """A release was off the institutions' list from `since` to `until` because `notice` was overdue."""

    release = models.ForeignKey("cms.CourseRelease", models.PROTECT, related_name="withholdings")
    notice = models.ForeignKey("cms.UpdateNotice", models.CASCADE, related_name="withholdings")
    since = models.DateTimeField("暂停时间", default=timezone.now)
    until = models.DateTimeField("恢复时间", null=True, blank=True)
    ended_because = models.CharField("恢复原因", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂停选用"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release"], condition=Q(until=None), name="withheld_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release} 暂停选用"
