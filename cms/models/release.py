import uuid
from typing import Any

from django.db import models
from django.db.models import FilteredRelation, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role

RETENTION_MONTHS = 72  # 平台承诺书第八项
FROZEN = "发布版本不能修改；要改动内容，请修改课程后重新送审。（机构承诺书第五项）"


class ReleaseIsFrozen(Exception):
    """A release is evidence: it is neither changed nor deleted before its retention ends."""


class CourseReleaseQuerySet(models.QuerySet):
    def current(self) -> "CourseReleaseQuerySet":
        """What is published: the newest release of each course, not taken down."""
        return self.filter(superseded_at=None, withdrawn_at=None)

    def offered(self) -> "CourseReleaseQuerySet":
        """What institutions may choose: published and not withheld for being overdue."""
        withheld = FilteredRelation("withholdings", condition=Q(withholdings__until=None))
        return self.current().alias(withheld=withheld).filter(withheld=None)

    def visible_to(self, user: User) -> "CourseReleaseQuerySet":
        """Published courses are for every person of the platform; nobody else."""
        return self if user.has_role(*Role) else self.none()

    def update(self, **changes: Any) -> int:
        if not CourseRelease.MAY_CHANGE.issuperset(changes):
            raise ReleaseIsFrozen(FROZEN)
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.filter(retain_until__gt=timezone.localdate()).exists():
            raise ReleaseIsFrozen(f"发布版本须保存满 {RETENTION_MONTHS} 个月，不能删除。（平台承诺书第八项）")
        return super().delete()


class CourseRelease(models.Model):
    """An approved course, frozen: lessons, media hashes, question versions, checks, people, law versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey("cms.Course", models.PROTECT, related_name="releases", verbose_name="课程")
    number = models.PositiveIntegerField("版本号")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    item = models.ForeignKey(
        "catalog.OperationItem", models.PROTECT, related_name="releases", verbose_name="操作项目"
    )
    kind = models.CharField("培训类型", max_length=10)
    title = models.CharField("课程名称", max_length=100)
    manifest = models.JSONField("发布内容")
    manifest_sha256 = models.CharField("内容校验值", max_length=64)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="审核人")
    approved_at = models.DateTimeField("发布时间")
    retain_until = models.DateField("保存至")
    superseded_at = models.DateTimeField("被替代时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("下架时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField("下架原因", max_length=200, blank=True)

    objects = CourseReleaseQuerySet.as_manager()
    MAY_CHANGE = frozenset({"superseded_at", "withdrawn_at", "withdrawn_by", "withdrawn_reason"})

    class Meta:
        verbose_name = verbose_name_plural = "发布版本"
        ordering = ["-approved_at"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="release_number_once"),
            models.UniqueConstraint(fields=["revision"], name="release_of_a_revision_once"),
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(superseded_at=None), name="one_newest_release"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding and not self.MAY_CHANGE.issuperset(kwargs.get("update_fields") or {"*"}):
            raise ReleaseIsFrozen(FROZEN)
        super().save(**kwargs)

    def delete(self, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return type(self).objects.filter(pk=self.pk).delete()
