from django.db import models
from django.utils import timezone


class Selection(models.Model):
    """An institution's choice of a published course (通知附件3第28项)."""

    institution = models.ForeignKey("accounts.Institution", models.PROTECT, related_name="selections")
    release = models.ForeignKey("cms.CourseRelease", models.PROTECT, related_name="selections")
    chosen_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField("选用时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "选课"
        ordering = ["-chosen_at"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "release"], name="a_release_is_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.institution} 选用 {self.release}"
