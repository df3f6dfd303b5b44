import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from catalog.models.edition import OperationItem, TrainingKind
from catalog.models.version import InstrumentVersion


class TrainingOutlineQuerySet(models.QuerySet):
    def in_force_on(self, day: datetime.date) -> "TrainingOutlineQuerySet":
        """The outlines that hold on `day`, of each item and kind the newest last."""
        holds = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(holds, valid_from__lte=day).order_by("valid_from")


class TrainingOutline(ClusterableModel):
    """What an item's training must hold: its hours and its points (机构承诺书第四项「培训大纲」).

    `valid_to` is its last day. Entered by an admin from the printed outline; none is invented here.
    """

    item = models.ForeignKey(
        OperationItem, models.PROTECT, related_name="training_outlines", verbose_name="操作项目"
    )
    kind = models.CharField("培训类型", max_length=10, choices=TrainingKind.choices)
    version = models.CharField("版本", max_length=60, help_text="如：2018 年版")
    hours = models.DecimalField(
        "应有学时",
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0.5)],
        help_text="1 学时为 45 分钟。",
    )
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True, help_text="最后一天；一直有效则留空。")
    source = models.CharField("来源", max_length=300, help_text="文号或网址，说明照哪份大纲录入。")
    basis = models.ManyToManyField(
        InstrumentVersion, related_name="training_outlines", blank=True, verbose_name="依据的法规和标准"
    )

    objects = TrainingOutlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "培训大纲"
        ordering = ["item", "kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "kind", "version"],
                name="outline_version_once",
                violation_error_message="这个操作项目和培训类型已有同名版本的大纲，请直接修改那一份。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="outline_ends_after_it_starts",
                violation_error_message="停用日期不能早于启用日期，请核对两个日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_kind_display()}培训大纲（{self.version}）"


class OutlinePoint(Orderable):
    """A point of knowledge the outline asks for; a course's questions name it in the same words."""

    outline = ParentalKey(TrainingOutline, on_delete=models.CASCADE, related_name="points")
    name = models.CharField("知识点", max_length=100)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "大纲知识点"
        constraints = [
            models.UniqueConstraint(
                fields=["outline", "name"],
                name="outline_point_once",
                violation_error_message="大纲里有两个同名的知识点，请删去一个。",
            )
        ]

    def __str__(self) -> str:
        return self.name
