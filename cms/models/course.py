from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from catalog.models import TrainingKind
from cms.models.scoping import AuthoredQuerySet


class PublishRefused(PermissionDenied):
    """A revision was to be published that nobody approved."""


class Course(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """What one catalog cell is taught with. Its draft is the latest revision; people choose a release."""

    class Rights(models.TextChoices):
        OWN = "own", "自有版权"
        LICENSED = "licensed", "已获授权"
        PUBLIC = "public", "公有领域或官方公开资料"

    institution = models.ForeignKey(
        "accounts.Institution",
        models.PROTECT,
        related_name="courses",
        verbose_name="制作单位",
        editable=False,
    )
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="创建人", editable=False
    )
    created_at = models.DateTimeField("创建时间", default=timezone.now, editable=False)
    title = models.CharField("课程名称", max_length=100)
    item = models.ForeignKey(
        "catalog.OperationItem", models.PROTECT, related_name="courses", verbose_name="操作项目"
    )
    kind = models.CharField("培训类型", max_length=10, choices=TrainingKind.choices)
    objectives = models.TextField("教学目标", help_text="学员学完以后能做到什么。")
    summary = models.TextField("内容简介", blank=True)
    hours = models.DecimalField(
        "学时",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text="1 学时为 45 分钟。",
    )
    instructors = ParentalManyToManyField(
        "cms.Instructor", related_name="courses", blank=True, verbose_name="授课教师"
    )
    rights = models.CharField("版权情况", max_length=10, choices=Rights.choices, blank=True)
    rights_holder = models.CharField("版权人", max_length=100, blank=True)
    rights_until = models.DateField("授权到期日", null=True, blank=True, help_text="长期有效则留空。")

    objects = AuthoredQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "课程"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> "Course":
        """Read a revision without a look-up per lesson: nothing a course points at can be deleted."""
        return super().from_serializable_data(data, check_fks=False, strict_fks=strict_fks)

    def _update_from_revision(self, revision: Revision, changed: bool = True) -> None:
        """As Wagtail's pages do: until it is published, the row shows what the newest draft says."""
        super()._update_from_revision(revision, changed)
        if not self.live:
            self.save(update_fields=["title", "item", "kind"])

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish `revision` if a release froze its approval; raises `PublishRefused`, whoever asks."""
        if not self.releases.filter(revision=revision).exists():
            raise PublishRefused(f"「{self}」的这一稿没有经过审核，不能发布。请先送审。（平台承诺书第五项）")
        super().publish(revision, *args, **kwargs)
