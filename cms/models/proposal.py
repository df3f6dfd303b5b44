from django.conf import settings
from django.db import models

from cms.models.course import Course


class ProposalAnswer(models.Model):
    """What an author said to a sentence that was proposed as a question: taken (`question`) or not wanted.

    `print` and the seconds name the sentence, so that it is not proposed to this course again.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="proposal_answers", verbose_name="课程")
    video = models.ForeignKey("media_pipeline.Video", models.CASCADE, related_name="+", verbose_name="视频")
    print = models.CharField("句子", max_length=200)
    start_s = models.FloatField("起（秒）")
    end_s = models.FloatField("止（秒）")
    question = models.ForeignKey(
        "question_bank.Question",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="起草的题目",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "题目提议的决定"
        ordering = ["course", "video", "start_s"]
        constraints = [
            models.UniqueConstraint(fields=["course", "video", "print"], name="a_proposal_is_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.course_id}：{self.print[:40]}"
