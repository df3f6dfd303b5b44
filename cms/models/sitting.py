from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from question_bank.papers.marking import mark, show_mark
from question_bank.rules import ATTEMPTS, passes


class Sitting(models.Model):
    """One attempt of one person at a lesson's test, to see it as a learner will.

    `questions` are as `cms.review.manifests` freezes them; `answers` has a row for each that is over:
    {"given": ["A"], "in_time": true, "right": false}.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="sittings", verbose_name="试做人")
    course = models.ForeignKey("cms.Course", models.CASCADE, related_name="sittings", verbose_name="课程")
    release = models.ForeignKey(
        "cms.CourseRelease",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sittings",
        verbose_name="版本",
    )
    lesson_key = models.UUIDField("课时")
    lesson_title = models.CharField("课时名称", max_length=100)
    video_id = models.CharField("视频", max_length=36, blank=True)
    questions = models.JSONField("题目")
    answers = models.JSONField("作答", default=list)
    round = models.PositiveSmallIntegerField("第几轮", default=1)
    number = models.PositiveSmallIntegerField("第几次")
    asked_at = models.DateTimeField("本题开始时间")
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "试做记录"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "lesson_key", "round", "number"],
                condition=Q(release=None),
                name="attempt_at_a_draft_once",
            ),
            models.UniqueConstraint(
                fields=["user", "release", "lesson_key", "round", "number"],
                condition=Q(release__isnull=False),
                name="attempt_at_a_release_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=ATTEMPTS), name="no_sixth_attempt"),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.lesson_title} 第 {self.number} 次"

    @property
    def place(self) -> int:
        """The index of the question that is asked now."""
        return len(self.answers)

    @property
    def is_over(self) -> bool:
        return self.place >= len(self.questions)

    @property
    def correct(self) -> int:
        return sum(answer["right"] for answer in self.answers)

    @property
    def passed(self) -> bool:
        return passes(self.correct, len(self.questions))

    @property
    def shown_mark(self) -> str:
        return show_mark(mark(self.correct, len(self.questions)))

    def wrong(self) -> list[tuple[int, dict[str, Any], dict[str, Any]]]:
        """Number, question and answer of each that was not right."""
        pairs = enumerate(zip(self.questions, self.answers, strict=False), start=1)
        return [(number, question, answer) for number, (question, answer) in pairs if not answer["right"]]
