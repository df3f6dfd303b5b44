import datetime

from django.db import models
from django.db.models import F, Q

from catalog.models.instrument import Instrument


class Verified(models.TextChoices):
    TEXT = "text", "已核对原文"
    THIRD_PARTY = "third_party", "据第三方资料"
    NO = "no", "未核实"


class VersionState(models.TextChoices):
    IN_FORCE = "in_force", "现行有效"
    UPCOMING = "upcoming", "尚未生效"
    EXPIRED = "expired", "已失效"
    UNKNOWN = "unknown", "生效日期不明"


class InstrumentVersionQuerySet(models.QuerySet):
    def in_force_on(self, day: datetime.date) -> "InstrumentVersionQuerySet":
        """Versions known to be in force on `day`; one whose beginning is unknown is not among them."""
        return self.not_expired_on(day).filter(effective__lte=day)

    def not_expired_on(self, day: datetime.date) -> "InstrumentVersionQuerySet":
        return self.filter(Q(expires__isnull=True) | Q(expires__gt=day))


class InstrumentVersion(models.Model):
    """One text of an instrument. `expires` is the first day on which it no longer holds."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="versions", verbose_name="法规标准"
    )
    slug = models.SlugField("标识", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号或标准号", max_length=100, blank=True)
    issuer = models.CharField("发布机关", max_length=100, blank=True)
    published = models.DateField("发布日期", null=True, blank=True)
    effective = models.DateField("施行日期", null=True, blank=True)
    expires = models.DateField("失效日期", null=True, blank=True)
    status = models.CharField("效力说明", max_length=200, blank=True)
    verified = models.CharField("核实情况", max_length=20, choices=Verified, default=Verified.NO)
    verified_by = models.CharField("核实人", max_length=60, blank=True)
    verified_on = models.DateField("核实日期", null=True, blank=True)
    source = models.JSONField("依据来源", default=list, blank=True)
    note = models.TextField("备注", blank=True)
    catalog_hint = models.JSONField("涉及的操作项目", default=list, blank=True)
    replaces = models.ManyToManyField(
        "self",
        through="Succession",
        through_fields=("newer", "older"),
        symmetrical=False,
        related_name="replaced_by",
    )

    objects = InstrumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "法规标准版本"
        ordering = ["instrument", F("effective").desc(nulls_last=True)]
        constraints = [
            models.CheckConstraint(
                condition=Q(published=None) | Q(effective=None) | Q(effective__gte=F("published")),
                name="effective_not_before_published",
                violation_error_message="施行日期不能早于发布日期，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(effective=None) | Q(expires__gt=F("effective")),
                name="expires_after_effective",
                violation_error_message="失效日期应晚于施行日期，请核对两个日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def missing_dates(self) -> list[str]:
        """The dates that are not known: 发布日期, 施行日期."""
        dates = {"发布日期": self.published, "施行日期": self.effective}
        return [name for name, date in dates.items() if date is None]

    def state_on(self, day: datetime.date) -> VersionState:
        if self.expires and self.expires <= day:
            return VersionState.EXPIRED
        if self.effective is None:
            return VersionState.UNKNOWN
        return VersionState.IN_FORCE if self.effective <= day else VersionState.UPCOMING

    def in_force_on(self, day: datetime.date) -> bool:
        return self.state_on(day) is VersionState.IN_FORCE


class Succession(models.Model):
    """`newer` replaces `older`, wholly or in part; one new text may replace several."""

    older = models.ForeignKey(
        InstrumentVersion, models.CASCADE, related_name="successions", verbose_name="旧版本"
    )
    newer = models.ForeignKey(
        InstrumentVersion, models.CASCADE, related_name="predecessions", verbose_name="新版本"
    )
    partial = models.BooleanField("仅部分代替", default=False)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代替关系"
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="succession_recorded_once"),
            models.CheckConstraint(
                condition=~Q(older=F("newer")),
                name="no_version_succeeds_itself",
                violation_error_message="一个版本不能代替它自己，请选择另一个版本。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newer} 代替 {self.older}"
