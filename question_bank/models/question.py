import operator
from functools import reduce

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Institution, User
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.models.content import QuestionContent
from question_bank.models.knowledge_point import KnowledgePoint


class QuestionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    REVIEWED = "reviewed", "已审"
    RETIRED = "retired", "已停用"


def _sees_all(user: User) -> bool:
    return user.is_superuser or user.has_role(Role.REVIEWER, Role.ADMIN)


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "QuestionQuerySet":
        """An author sees their institution's questions, a reviewer or admin all, anybody else none."""
        if _sees_all(user):
            return self.all()
        return self.filter(institution=user.institution_id) if user.has_role(Role.AUTHOR) else self.none()

    def search(self, text: str) -> "QuestionQuerySet":
        """Questions whose stem holds every word of `text`; search backends do not find Chinese words."""
        return self.filter(reduce(operator.and_, (Q(stem__icontains=word) for word in text.split()), Q()))

    def not_retired(self) -> "QuestionQuerySet":
        return self.exclude(state=QuestionState.RETIRED)


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
    version = models.PositiveIntegerField("版本", default=1, editable=False)
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

    def __str__(self) -> str:
        return self.stem if len(self.stem) <= 40 else f"{self.stem[:40]}…"

    def is_visible_to(self, user: User) -> bool:
        """The rule of `visible_to` for one question, without a query."""
        own = user.institution_id == self.institution_id
        return _sees_all(user) or (own and user.has_role(Role.AUTHOR))
