from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from wagtail.models import Task, TaskState, WorkflowState

from accounts.models import User
from cms.review.authorship import reviewable_by
from cms.review.gates import as_comment, obstacles_of
from cms.review.headings import HEADINGS


class CourseReview(models.Model):
    """What one reviewer found under each heading of one revision (平台承诺书第七项、机构承诺书第二项)."""

    class Decision(models.TextChoices):
        APPROVED = "approved", "通过"
        SENT_BACK = "sent_back", "退回修改"

    task_state = models.OneToOneField(TaskState, models.PROTECT, related_name="review")
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="审核人")
    decision = models.CharField("结论", max_length=10, choices=Decision.choices)
    headings = models.JSONField("逐项意见")
    note = models.TextField("审核意见", blank=True)
    created_at = models.DateTimeField("审核时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "审核记录"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.reviewer}：{self.get_decision_display()}"

    @property
    def lines(self) -> list[str]:
        """What the reviewer wrote under each heading, as 「内容：……」."""
        notes = {heading: answer["note"].strip() for heading, answer in self.headings.items()}
        return [f"{heading.title}：{notes[heading.id]}" for heading in HEADINGS if notes.get(heading.id)]


class GateTask(Task):
    """Refuses by itself, with every obstacle at once, what the rules do not let through."""

    class Meta:
        verbose_name = verbose_name_plural = "自动检查"

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        workflow_state = WorkflowState.objects.get(pk=workflow_state.pk)  # 8.0.1 hands over a stale revision
        task_state = super().start(workflow_state, user=user)
        obstacles = obstacles_of(task_state.revision.as_object())
        if obstacles:
            return task_state.reject(update=False, user=user, comment=as_comment(obstacles))
        return task_state.approve(update=False, user=user)


class CourseReviewTask(Task):
    """A reviewer decides who neither wrote nor edited the revision, nor submitted it."""

    class Meta:
        verbose_name = verbose_name_plural = "人工审核"

    def locked_for_user(self, obj: models.Model, user: User) -> bool:
        return True

    def get_actions(self, obj: models.Model, user: User) -> list[tuple[str, str, bool]]:
        """None: the decision is made on the review desk, where each heading is answered."""
        return []

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        raise PermissionDenied("请在审核台逐项填写意见后再作决定。")

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet:
        return reviewable_by(user, self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS))
