import operator
from datetime import date
from functools import reduce

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.models.content import QuestionContent
from question_bank.models.knowledge_point import KnowledgePoint
from question_bank.rules import content_problems


class QuestionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    REVIEWED = "reviewed", "已审"
    RETIRED = "retired", "已停用"


def sees_all(user: User) -> bool:
    return user.is_superuser or user.has_role(Role.REVIEWER, Role.ADMIN)


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "QuestionQuerySet":
        """An author sees their institution's questions, a reviewer or admin all, anybody else none."""
        if sees_all(user):
            return self.all()
        return self.filter(institution=user.institution_id) if user.has_role(Role.AUTHOR) else self.none()

    def search(self, text: str) -> "QuestionQuerySet":
        """Questions whose stem holds every word of `text`; search backends do not find Chinese words."""
        return self.filter(reduce(operator.and_, (Q(stem__icontains=word) for word in text.split()), Q()))

    def not_retired(self) -> "QuestionQuerySet":
        return self.exclude(state=QuestionState.RETIRED)

    def holding_on(self, day: date) -> "QuestionQuerySet":
        """Questions whose words hold on `day`, as `Content.holds_on` says for one."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))

    def reviewable_by(self, user: User) -> "QuestionQuerySet":
        """Drafts that `user` may judge: not a word of them is theirs (see `questions.reviewing`)."""
        if not user.has_role(Role.REVIEWER, Role.AUTHOR):
            return self.none()
        own = Q(created_by=user) | Exists(user.question_versions.filter(question=OuterRef("pk")))
        return self.visible_to(user).filter(state=QuestionState.DRAFT).exclude(own)


class Question(QuestionContent):
    """A question as it stands now; `version` is the number of its latest `QuestionVersion`."""

    item = models.ForeignKey(OperationItem, models.PROTECT, related_name="questions", verbose_name="操作项目")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="questions", verbose_name="所属机构"
    )
    knowledge_points = models.ManyToManyField(
        KnowledgePoint, related_name="questions", blank=True, verbose_name="知识点"
    )
    state = models.CharField("状态", max_length=20, choices=QuestionState, default=QuestionState.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="审定人",
    )
    reviewed_at = models.DateTimeField("审定时间", null=True, blank=True, editable=False)
    review_note = models.CharField("退回意见", max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    machine_drafted = models.BooleanField("系统起草", default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions", verbose_name="编写人"
    )
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "题目"
        ordering = ["-id"]
        indexes = [models.Index(fields=["item", "state"], name="question_item_state")]
        constraints = [
            *QuestionContent.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state=QuestionState.REVIEWED)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="a_reviewed_question_has_its_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("created_by")),
                name="nobody_reviews_their_own_question",
            ),
        ]

    def __str__(self) -> str:
        return self.stem if len(self.stem) <= 40 else f"{self.stem[:40]}…"

    @property
    def is_unchecked_draft(self) -> bool:
        """Drafted by the machine and not approved by another person since: it counts nowhere yet."""
        return self.machine_drafted and self.state == QuestionState.DRAFT

    @property
    def chip(self) -> tuple[str, str, str]:
        """Where it stands, as every list shows it: sign, word and look."""
        if self.state != QuestionState.DRAFT:
            return ("✓", "已审", "good") if self.state == QuestionState.REVIEWED else ("✕", "已停用", "bad")
        if self.review_note:
            return "↩", "待修改", "warn"
        if content_problems(self.content):
            return "!", "待补全", "warn"
        return ("✎", "未审核草稿", "warn") if self.is_unchecked_draft else ("…", "待审定", "busy")

    def is_visible_to(self, user: User) -> bool:
        """The rule of `visible_to` for one question, without a query."""
        own = user.institution_id == self.institution_id
        return sees_all(user) or (own and user.has_role(Role.AUTHOR))
