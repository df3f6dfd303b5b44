import uuid
from pathlib import PurePath

from django.db import models

from cms.models.scoping import AuthoredQuerySet


def _photo_name(instructor: "Instructor", filename: str) -> str:
    """A name nobody can guess; what people called their file is not kept."""
    return f"instructors/{uuid.uuid4()}{PurePath(filename).suffix.lower()}"


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
    introduction = models.TextField("简介", blank=True, help_text="主要经历和授课专长，几句话即可。")
    photo = models.FileField("照片", upload_to=_photo_name, blank=True)

    objects = AuthoredQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授课教师"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.title}，{self.unit}）"
