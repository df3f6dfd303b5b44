from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models.instrument import Instrument
from catalog.models.version import InstrumentVersion


class SuggestionState(models.TextChoices):
    SUGGESTED = "suggested", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "已否定"


class SuggestionQuerySet(models.QuerySet):
    def waiting(self) -> "SuggestionQuerySet":
        return self.filter(state=SuggestionState.SUGGESTED)

    def standing(self) -> "SuggestionQuerySet":
        """Suggested or confirmed: what a person has rejected counts nowhere."""
        return self.exclude(state=SuggestionState.REJECTED)


class CitationSuggestion(models.Model):
    """An instrument that a text seems to name, with the words; a person confirms or rejects it once.

    `version` is known only when the words name it by year or number.
    """

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="%(class)ss", verbose_name="法规标准"
    )
    version = models.ForeignKey(
        InstrumentVersion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name="版本",
    )
    article = models.CharField("条款", max_length=100, blank=True)
    place = models.CharField("位置", max_length=120)
    words = models.CharField("原文", max_length=300)
    context = models.CharField("上下文", max_length=400, blank=True)
    is_present = models.BooleanField("文中仍有", default=True)
    state = models.CharField(
        "状态", max_length=10, choices=SuggestionState, default=SuggestionState.SUGGESTED
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SuggestionState.SUGGESTED, decided_by=None, decided_at=None)
                | ~Q(state=SuggestionState.SUGGESTED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="%(class)s_is_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}：{self.words}"
