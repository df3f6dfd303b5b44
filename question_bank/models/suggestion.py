from django.db import models

from catalog.models import CitationSuggestion
from question_bank.models.question import Question


class QuestionSuggestion(CitationSuggestion):
    """What the words of a question seem to cite; confirmed, it becomes a `QuestionCitation`."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="suggestions", verbose_name="题目")

    class Meta(CitationSuggestion.Meta):
        verbose_name = verbose_name_plural = "题目的法规线索"
        ordering = ["question", "pk"]
        constraints = [
            *CitationSuggestion.Meta.constraints,
            models.UniqueConstraint(
                fields=["question", "instrument", "article", "words"], name="question_suggested_once"
            ),
        ]


class QuestionScan(models.Model):
    """Up to which version, and with which register, a question was searched for citations."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="scan", primary_key=True)
    version = models.PositiveIntegerField()
    register = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "题目的法规检索"

    def __str__(self) -> str:
        return f"{self.question_id} 第 {self.version} 版"
