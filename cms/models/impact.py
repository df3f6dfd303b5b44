from django.db import models
from django.db.models import Q
from django.utils import timezone


class Basis(models.IntegerChoices):
    """Why a course may be touched, the weakest first."""

    ITEM = 1, "同一操作项目"
    SUGGESTED = 2, "文中提到（待确认）"
    CONFIRMED = 3, "已确认的引用"


class ImpactDecision(models.Model):
    """What an admin decided about a course before a new version counts; once per course and version."""

    class Touch(models.TextChoices):
        MUST_CHANGE = "must_change", "必须修改"
        LOOK = "look", "请核对"
        NOT_TOUCHED = "not_touched", "不涉及"

    version = models.ForeignKey(
        "catalog.InstrumentVersion", models.PROTECT, related_name="impact_decisions", verbose_name="新版本"
    )
    course = models.ForeignKey("cms.Course", models.CASCADE, related_name="impact_decisions")
    touch = models.CharField("判定", max_length=20, choices=Touch)
    basis = models.PositiveSmallIntegerField("判定时的依据", choices=Basis)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="判定人")
    at = models.DateTimeField("判定时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "影响判定"
        ordering = ["version", "course"]
        constraints = [
            models.UniqueConstraint(fields=["version", "course"], name="impact_decided_once"),
            models.CheckConstraint(
                condition=~Q(touch="not_touched") | ~Q(reason=""),
                name="not_touched_says_why",
                violation_error_message="判定为「不涉及」时请写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}：{self.get_touch_display()}"
