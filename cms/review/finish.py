"""What an approved workflow does; imported while Wagtail's own models load, so it imports no model."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: "WorkflowState", user: "AbstractBaseUser | None" = None) -> None:
    """Publish the revision that was approved, not the latest, and freeze it as a release."""
    from cms.review.releases import release_approved  # models are loaded by the time a workflow finishes

    release_approved(workflow_state, by=user)
