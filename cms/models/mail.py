import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutgoingMail(models.Model):
    """A mail that must go out: written with what it tells, sent afterwards, by whichever worker is alive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    subject = models.CharField("主题", max_length=200)
    body = models.TextField("正文")
    created_at = models.DateTimeField("登记时间", default=timezone.now)
    claimed_at = models.DateTimeField("取出时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    error = models.CharField("没有发出的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发邮件"
        ordering = ["created_at"]
        indexes = [models.Index(fields=["created_at"], condition=Q(sent_at=None), name="mail_unsent")]

    def __str__(self) -> str:
        return f"{self.recipient}：{self.subject}"
