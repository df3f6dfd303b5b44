from django.db import models

from accounts.models import User
from accounts.roles import Role


class AuthoredQuerySet(models.QuerySet):
    """Rows that belong to an institution and are written by its authors."""

    def visible_to(self, user: User) -> "AuthoredQuerySet":
        """Drafts included: reviewers and admins see all, authors their own institution's, others none."""
        if user.has_role(Role.REVIEWER, Role.ADMIN):
            return self
        return self.writable_by(user)

    def writable_by(self, user: User) -> "AuthoredQuerySet":
        """Only authors write, and only what belongs to their institution."""
        if user.has_role(Role.AUTHOR) and user.institution_id:
            return self.filter(institution=user.institution_id)
        return self.none()
