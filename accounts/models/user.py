from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from accounts.models.institution import Institution
from accounts.roles import Role


class User(AbstractUser):
    """A person; what they may do follows from their roles (groups) and their institution."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所属机构"
    )

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        return f"{self.last_name}{self.first_name}".strip()

    @cached_property
    def roles(self) -> frozenset[Role]:
        """One query per object; an inactive person has no role, a superuser is an admin too."""
        if not self.is_active:
            return frozenset()
        names = set(self.groups.values_list("name", flat=True))
        held = {role for role in Role if role.group_name in names}
        return frozenset(held | {Role.ADMIN} if self.is_superuser else held)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)
