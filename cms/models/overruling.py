from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from media_pipeline.checks import CheckResult
from media_pipeline.models import Finding


class OverrulingQuerySet(models.QuerySet["Overruling"]):
    def open(self) -> "OverrulingQuerySet":
        return self.filter(closed_at=None)

    def for_videos(self, videos: Iterable[UUID]) -> "OverrulingQuerySet":
        """The open ones of `videos`, with the people they name."""
        return self.open().filter(video__in=videos).select_related("asked_by", "by", "confirmed_by")

    def undecided(self) -> "OverrulingQuerySet":
        """Those that wait for a reviewer: asked for, or a failed check that one has overruled so far."""
        waits = Q(by=None) | Q(verdict=Finding.Verdict.FAIL, confirmed_by=None)
        return self.open().filter(waits)


class Overruling(models.Model):
    """A reviewer's word against one finding of a video, bound to the numbers it was said about.

    A warning takes one reviewer, a failed check two (平台承诺书第七项). Never deleted, only closed.
    """

    video = models.ForeignKey("media_pipeline.Video", models.PROTECT, related_name="+", verbose_name="视频")
    check_id = models.CharField("检查项", max_length=30)
    title = models.CharField("名称", max_length=50)
    verdict = models.CharField("机器的结论", max_length=4, choices=[("warn", "待查看"), ("fail", "不合格")])
    value = models.FloatField("实测", null=True, blank=True)
    threshold = models.CharField("限值", max_length=200, blank=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    asked_why = models.TextField("请求复核的理由", blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("复核意见", blank=True)
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("第二人确认时间", null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    closed_why = models.TextField("结束的理由", blank=True)
    opened_at = models.DateTimeField("提出时间")

    objects = OverrulingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查结果的复核"
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["video", "check_id"],
                condition=Q(closed_at=None),
                name="one_open_overruling_per_check",
            ),
            models.CheckConstraint(
                condition=Q(by=None, decided_at=None, reason="", asked_by__isnull=False)
                | (Q(by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
                name="overruling_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, by__isnull=False),
                name="overruling_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("by")),
                name="overruling_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None, closed_why="")
                | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closed_why="")),
                name="overruling_is_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video}：{self.title}"

    @property
    def needs_second(self) -> bool:
        return self.verdict == Finding.Verdict.FAIL

    @property
    def is_in_effect(self) -> bool:
        """Whether the finding counts as settled by people."""
        decided = self.confirmed_by_id if self.needs_second else self.by_id
        return decided is not None and self.closed_at is None

    def is_about(self, found: Finding | CheckResult) -> bool:
        """Whether what was found is still what was overruled; other limits or numbers void the word."""
        check_id = found.check_id if isinstance(found, Finding) else found.id
        said = (self.check_id, self.verdict, self.value, self.threshold)
        return said == (check_id, found.verdict, found.value, found.threshold)
