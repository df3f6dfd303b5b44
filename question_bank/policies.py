from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from question_bank.models import Question


class QuestionPolicy(ModelPermissionPolicy):
    """What the groups permit, within what a person may see. Nobody deletes: questions are retired."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Question) -> bool:
        return instance.is_visible_to(user) and self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> QuerySet[Question]:
        return super().instances_user_has_any_permission_for(user, actions).visible_to(user)
