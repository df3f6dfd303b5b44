"""Who may do what with a course in Wagtail's own views. Roles decide; nobody publishes by hand."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from accounts.models import User
from accounts.roles import Role

READ = frozenset({"view", "choose"})
WRITE = frozenset({"add", "change"})


class AuthoredPolicy(BasePermissionPolicy):
    """Authors add and change their institution's rows, reviewers and admins read all; no other action exists.

    The model's manager has `visible_to(user)` and `writable_by(user)`. A superuser is no exception:
    publishing, locking and deleting would go round the review.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in WRITE:
            return user.has_role(Role.AUTHOR) and user.institution_id is not None
        return action in READ and user.has_role(Role.AUTHOR, Role.REVIEWER, Role.ADMIN)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        actions = {action for action in actions if self.user_has_permission(user, action)}
        if actions & READ:
            return self.model.objects.visible_to(user)
        return self.model.objects.writable_by(user) if actions else self.model.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        roles = {Role.AUTHOR} if WRITE & set(actions) else set()
        roles |= {Role.AUTHOR, Role.REVIEWER, Role.ADMIN} if READ & set(actions) else set()
        names = [role.group_name for role in roles]
        return User.objects.filter(is_active=True, groups__name__in=names).distinct()
