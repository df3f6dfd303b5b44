from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.models.question import Question, sees_all
from question_bank.models.version import QuestionVersion


class OwnedQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "OwnedQuerySet":
        """An author sees their institution's rows, a reviewer or admin all, anybody else none."""
        if sees_all(user):
            return self.all()
        return self.filter(institution=user.institution_id) if user.has_role(Role.AUTHOR) else self.none()

    def writable_by(self, user: User) -> "OwnedQuerySet":
        """Rows of the author's own institution."""
        may = user.has_role(Role.AUTHOR) and user.institution_id is not None
        return self.filter(institution=user.institution_id) if may else self.none()


class Owned(models.Model):
    """What an institution's authors make for an operation item."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="%(class)ss", verbose_name="所属机构"
    )
    item = models.ForeignKey(
        OperationItem, models.PROTECT, related_name="%(class)ss", verbose_name="操作项目"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="创建人"
    )
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Blueprint(Owned):
    """How papers are put together by themselves: `rules` is what `question_bank.papers.blueprints` reads."""

    name = models.CharField("名称", max_length=100)
    rules = models.JSONField("组卷规则")
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "组卷蓝图"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class PaperState(models.TextChoices):
    DRAFT = "draft", "草稿"
    FINAL = "final", "已定稿"


class Paper(Owned):
    """Questions in order, each at one version. A final paper never changes; forms of one lot share none."""

    title = models.CharField("试卷名称", max_length=100)
    minutes = models.PositiveSmallIntegerField("时间（分钟）")
    state = models.CharField("状态", max_length=10, choices=PaperState, default=PaperState.DRAFT)
    blueprint = models.ForeignKey(
        Blueprint, models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name="组卷蓝图"
    )
    lot = models.CharField("批次", max_length=64, blank=True, db_index=True)
    form = models.PositiveSmallIntegerField("第几套", default=1)
    seed = models.BigIntegerField("种子", null=True, blank=True)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finalised_at = models.DateTimeField("定稿时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "试卷"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "lot", "form"], condition=~Q(lot=""), name="form_once_per_lot"
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.DRAFT, finalised_by=None, finalised_at=None)
                | Q(state=PaperState.FINAL, finalised_by__isnull=False, finalised_at__isnull=False),
                name="a_final_paper_was_finalised_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_final(self) -> bool:
        return self.state == PaperState.FINAL


class PaperQuestion(models.Model):
    """A place in a paper. `version` is what is printed, whatever becomes of the question."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="entries", verbose_name="试卷")
    question = models.ForeignKey(Question, models.PROTECT, related_name="paper_entries", verbose_name="题目")
    version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="paper_entries", verbose_name="题目版本"
    )
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "试卷题目"
        ordering = ["paper", "order"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "question"], name="question_once_per_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} 第 {self.order} 题"

    @property
    def is_outdated(self) -> bool:
        """Whether the question says something else by now."""
        return self.version.number != self.question.version
