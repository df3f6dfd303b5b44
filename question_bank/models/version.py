from typing import NoReturn

from django.conf import settings
from django.db import models

from question_bank.models.content import QuestionContent
from question_bank.models.question import Question


class VersionIsFrozen(Exception):
    """Somebody tried to change or delete a version; releases and learners' records rest on it."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise VersionIsFrozen("题目的历史版本只能新增，不能修改或删除。")

    update = delete = bulk_update = update_or_create = _refuse


class QuestionVersion(QuestionContent):
    """What a question said at one time. Append-only."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions", verbose_name="题目")
    number = models.PositiveIntegerField("版本")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="question_versions", verbose_name="修改人"
    )
    created_at = models.DateTimeField("修改时间", auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "题目历史版本"
        ordering = ["question", "-number"]
        constraints = [
            *QuestionContent.Meta.constraints,
            models.UniqueConstraint(fields=["question", "number"], name="version_number_once_per_question"),
        ]

    def __str__(self) -> str:
        return f"{self.question}（第 {self.number} 版）"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise VersionIsFrozen("题目的历史版本不能修改，请修改题目本身。")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise VersionIsFrozen("题目的历史版本不能删除；不再使用的题目请停用。")
