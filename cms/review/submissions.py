"""Sending a course to review, and taking it back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import WorkflowState

from accounts.models import User
from cms.models import Course
from cms.review.changes import is_news
from cms.review.gates import obstacles_of
from cms.review.rules import Obstacle


def submit(course_id: int, *, by: User) -> list[Obstacle]:
    """Start the review of the newest draft; return the obstacles instead when there are any."""
    with transaction.atomic():
        course = Course.objects.writable_by(by).select_for_update().filter(pk=course_id).first()
        if course is None:
            raise PermissionDenied("没有这门课程，或者您不能送审它。")
        draft = course.get_latest_revision_as_object()
        if course.workflow_in_progress or not is_news(course, draft):
            return []
        if found := obstacles_of(draft):
            return found
        if not course.has_unpublished_changes:  # only its questions changed: a revision of their own
            draft.save_revision(user=by)
        if stale := course.current_workflow_state:  # sent back before: a new round starts at the gate again
            stale.cancel(user=by)
        course.get_workflow().start(course, by)
        return []


def withdraw(course_id: int, *, by: User) -> None:
    """Take a course out of review; any author of its institution may."""
    with transaction.atomic():
        course = Course.objects.writable_by(by).select_for_update().filter(pk=course_id).first()
        if course is None:
            raise PermissionDenied("没有这门课程，或者您不能撤回它。")
        state = course.current_workflow_state
        if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
            state.cancel(user=by)
