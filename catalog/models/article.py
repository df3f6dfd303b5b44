from django.db import models

from catalog.models.version import InstrumentVersion


class VersionArticle(models.Model):
    """One article of a version's text; `text` without its number, headings and spaces."""

    version = models.ForeignKey(
        InstrumentVersion, models.CASCADE, related_name="articles", verbose_name="法规标准版本"
    )
    order = models.PositiveSmallIntegerField("顺序")
    number = models.CharField("条号", max_length=40)
    text = models.TextField("条文")

    class Meta:
        verbose_name = verbose_name_plural = "条文"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="article_order_once_per_version"),
            models.UniqueConstraint(fields=["version", "number"], name="article_number_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version}{self.number}"
