from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class NoChange(models.Model):
    """Somebody says that a notice asks for no change of the course; a second person decides (四眼)."""

    notice = models.ForeignKey("cms.UpdateNotice", models.CASCADE, related_name="no_changes")
    reason = models.TextField("为什么无须修改")
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    accepted = models.BooleanField("同意", null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    answer = models.TextField("复核意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "无须修改的复核"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(accepted=None), name="one_undecided_no_change_per_notice"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, decided_by=None, decided_at=None)
                | Q(accepted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="no_change_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="no_change_is_decided_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}：无须修改"


class NoticeRemark(models.Model):
    """Why a notice stands as it does, in somebody's words: what makes a delay possible to explain."""

    notice = models.ForeignKey("cms.UpdateNotice", models.CASCADE, related_name="remarks")
    text = models.TextField("说明")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "进展说明"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
