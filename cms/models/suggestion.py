from django.db import models

from catalog.models import CitationSuggestion
from cms.footage.positions import clock
from cms.models.course import Course


class CourseSuggestion(CitationSuggestion):
    """What a course says of a law or standard: in its words, a lesson's transcript or an uploaded document.

    `lesson` is the key that names the lesson in every revision, empty for the course itself; `start_s` and
    `end_s` are seconds of its video.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="suggestions", verbose_name="课程")
    lesson = models.CharField("课时", max_length=36, blank=True)
    start_s = models.FloatField("起（秒）", null=True, blank=True)
    end_s = models.FloatField("止（秒）", null=True, blank=True)
    is_document = models.BooleanField("来自上传的文件", default=False)

    class Meta(CitationSuggestion.Meta):
        verbose_name = verbose_name_plural = "课程的法规线索"
        ordering = ["course", "lesson", "start_s", "pk"]
        constraints = [
            *CitationSuggestion.Meta.constraints,
            models.UniqueConstraint(
                fields=["course", "lesson", "instrument", "article", "words", "place"],
                name="course_suggested_once",
            ),
        ]

    @property
    def clock(self) -> str:
        return "" if self.start_s is None else clock(self.start_s)


class CourseScan(models.Model):
    """What a course was last searched in: a draft, its captions (up to an id), a register."""

    course = models.OneToOneField(Course, models.CASCADE, related_name="scan", primary_key=True)
    revision = models.BigIntegerField(default=0)
    register = models.CharField(max_length=64, blank=True)
    videos = models.JSONField(default=list, blank=True)
    captions = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "课程的法规检索"

    def __str__(self) -> str:
        return f"{self.course_id}：{self.revision}"
