from django.conf import settings
from django.db import models

from question_bank.flags import Flag
from question_bank.models.question import Question


class DeliveryToken(models.Model):
    """With it a delivering platform hands in responses; only the hash of the secret is kept."""

    name = models.CharField("学习平台", max_length=60, unique=True)
    digest = models.CharField("密钥校验值", max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "学习平台密钥"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Response(models.Model):
    """What one attempt answered to one version of a question; the same attempt answers it once."""

    source = models.CharField("来源", max_length=60)
    attempt = models.CharField("测试编号", max_length=100)
    question = models.ForeignKey(Question, models.PROTECT, related_name="responses", verbose_name="题目")
    number = models.PositiveIntegerField("版本")
    right = models.BooleanField("答对")
    created_at = models.DateTimeField("收到时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "作答"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "attempt", "question"], name="response_once_per_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.attempt}：{self.question}"


class QuestionFigures(models.Model):
    """What the responses to one version amount to; written anew by `question_bank.responses.reckoning`."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="figures", verbose_name="题目")
    number = models.PositiveIntegerField("版本")
    responses = models.PositiveIntegerField("作答人次")
    right = models.PositiveIntegerField("答对人次")
    discrimination = models.FloatField("区分度", null=True, blank=True)
    flag = models.CharField("提请复核", max_length=10, blank=True, choices=[(f.value, f.label) for f in Flag])
    reckoned_at = models.DateTimeField("计算时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "题目统计"
        ordering = ["-responses", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="figures_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("responses")), name="no_more_right_than_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} 第 {self.number} 版"

    @property
    def share(self) -> float:
        """The difficulty index p: the share of answers that were right."""
        return self.right / self.responses
