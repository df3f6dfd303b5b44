from django.db import models
from django.utils import timezone


class CalendarFeed(models.Model):
    """A person's private calendar address. Only the hash of its secret is kept; a new one ends the old."""

    person = models.OneToOneField("accounts.User", models.CASCADE, related_name="calendar_feed")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return f"{self.person} 的日历订阅"
