import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.footage.positions import clock


class Lesson(Orderable, ClusterableModel):
    """One video with its questions. `key` names it in every revision; the row's own id may change."""

    course = ParentalKey("cms.Course", on_delete=models.CASCADE, related_name="lessons")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    title = models.CharField("课时名称", max_length=100)
    video = models.ForeignKey(
        "media_pipeline.Video", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="视频"
    )
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True, help_text="最后一天。")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "课时"

    def __str__(self) -> str:
        return self.title


class LessonQuestion(Orderable):
    """A question of the bank, asked in a lesson at a second of its video (or after it)."""

    lesson = ParentalKey(Lesson, on_delete=models.CASCADE, related_name="placements")
    question = models.ForeignKey(
        "question_bank.Question", models.PROTECT, related_name="+", verbose_name="题目"
    )
    at_s = models.PositiveIntegerField(
        "出现在第几秒", null=True, blank=True, validators=[MaxValueValidator(86_400)]
    )

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "课时题目"

    @property
    def clock(self) -> str:
        return "" if self.at_s is None else clock(self.at_s)


class CourseCitation(Orderable):
    """A text of law or a standard that a course rests on, at the version it was written from."""

    course = ParentalKey("cms.Course", on_delete=models.CASCADE, related_name="citations")
    version = models.ForeignKey(
        "catalog.InstrumentVersion", models.PROTECT, related_name="+", verbose_name="法规或标准"
    )
    article = models.CharField(
        "条款", max_length=100, blank=True, help_text="如：第七条第二款；整部引用则留空。"
    )

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "法规引用"

    @property
    def is_replaced(self) -> bool:
        """Whether a newer text has replaced the cited one."""
        return self.version.successions.exists()
