from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from cms.models.course import Course


class UpdateNoticeQuerySet(models.QuerySet):
    def open(self) -> "UpdateNoticeQuerySet":
        return self.filter(closed_at=None)

    def overdue_on(self, day: date) -> "UpdateNoticeQuerySet":
        """Open, and its last day has ended (民法典第二百零三条)."""
        return self.open().filter(due__lt=day)

    def of_published_courses(self) -> "UpdateNoticeQuerySet":
        """Those whose course institutions can have: what was taken down waits for its next release."""
        return self.filter(course__releases__superseded_at=None, course__releases__withdrawn_at=None)

    def visible_to(self, user: User) -> "UpdateNoticeQuerySet":
        """Of courses the person may read; what an institution chose it is told on its own pages."""
        return self.filter(course__in=Course.objects.visible_to(user))


class UpdateNotice(models.Model):
    """A course that a changed instrument makes due for an update (平台承诺书第九项)."""

    course = models.ForeignKey("cms.Course", models.CASCADE, related_name="notices", verbose_name="课程")
    version = models.ForeignKey(
        "catalog.InstrumentVersion", models.PROTECT, related_name="+", verbose_name="新版法规或标准"
    )
    reason = models.CharField("原因", max_length=300)
    base_date = models.DateField("起算日", null=True, blank=True)
    due = models.DateField("截止日", null=True, blank=True, help_text="起算日不明时为空，须先补录。")
    opened_at = models.DateTimeField("登记时间", default=timezone.now)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_release = models.ForeignKey(
        "cms.CourseRelease", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_reason = models.TextField("无须修改的理由", blank=True)

    objects = UpdateNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更新提醒"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["closed_at", "due"], name="notice_by_urgency")]
        constraints = [
            models.UniqueConstraint(fields=["course", "version"], name="one_notice_per_course_and_version"),
            models.CheckConstraint(
                condition=models.Q(base_date=None, due=None)
                | models.Q(base_date__isnull=False, due__isnull=False),
                name="notice_is_due_from_a_base_date",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, closed_release=None, closed_reason="")
                | models.Q(closed_at__isnull=False, closed_by__isnull=False)
                & (
                    models.Q(closed_release__isnull=False, closed_reason="")
                    | models.Q(closed_release=None) & ~models.Q(closed_reason="")
                ),
                name="notice_is_closed_by_release_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}：{self.reason}"

    @property
    def is_overdue(self) -> bool:
        """Whether the last day has ended in Shanghai."""
        return self.due is not None and self.due < timezone.localdate()

    def is_closed_on(self, day: date) -> bool:
        """Whether it had been closed by the end of `day` in Shanghai."""
        return self.closed_at is not None and timezone.localdate(self.closed_at) <= day

    def days_left(self, today: date) -> int | None:
        """Days from `today` to the due date; negative when overdue, None when the base date is unknown."""
        return (self.due - today).days if self.due else None
