from django.db import models

from catalog.kinds import InstrumentKind


class Instrument(models.Model):
    """A law, rule or standard through all its versions; those that succeed each other are one instrument."""

    slug = models.SlugField("标识", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    kind = models.CharField(
        "类别", max_length=30, choices=[(kind.value, kind.label) for kind in InstrumentKind]
    )

    class Meta:
        verbose_name = verbose_name_plural = "法规标准"
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title
