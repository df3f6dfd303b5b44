from django.conf import settings
from django.db import models

from catalog.models import Instrument
from question_bank.models.question import Question


class QuestionCitation(models.Model):
    """The law, rule or standard that a question rests on; when it changes, the question is looked at."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="citations", verbose_name="题目")
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="question_citations", verbose_name="法规标准"
    )
    article = models.CharField(
        "条款", max_length=100, blank=True, help_text="如：第七条第二款；整部引用则留空。"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人"
    )
    created_at = models.DateTimeField("确认时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "题目的法规依据"
        ordering = ["question", "instrument", "article"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "instrument", "article"], name="citation_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument}{self.article}"
