from django.db import models

from cms.models.scoping import AuthoredQuerySet


class Instructor(models.Model):
    """Who teaches a course; the notice asks for a profile of each (附件1 第五项)."""

    institution = models.ForeignKey(
        "accounts.Institution",
        models.PROTECT,
        related_name="instructors",
        verbose_name="所属机构",
        editable=False,
    )
    name = models.CharField("姓名", max_length=50)
    title = models.CharField("职称", max_length=50)
    unit = models.CharField("工作单位", max_length=100)
    field = models.CharField("专业领域", max_length=100)
    years_of_practice = models.PositiveSmallIntegerField("从业年数")

    objects = AuthoredQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授课教师"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.title}，{self.unit}）"
