"""Approval becomes a release: frozen, numbered, kept 72 months. Taking down keeps the record."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState

from accounts.models import User
from accounts.roles import Role
from catalog.deadlines import add_months
from cms.law.closing import close_by_release
from cms.models import Course, CourseRelease
from cms.models.release import RETENTION_MONTHS
from cms.review.manifests import fingerprint, manifest_of
from question_bank.models import Question, QuestionState
from question_bank.questions.reviewing import approve_question


def release_approved(workflow_state: WorkflowState, *, by: User) -> CourseRelease:
    """Freeze and publish the revision that the review approved, in one transaction."""
    revision = workflow_state.current_task_state.revision
    with transaction.atomic():
        course = Course.objects.select_for_update().get(pk=workflow_state.object_id)
        release = _freeze(course, revision, by=by)
        revision.publish(user=by, skip_permission_checks=True)
        close_by_release(release, submitted_at=workflow_state.created_at, by=by)
        _mark_questions_reviewed(release, by=by)
    return release


def _mark_questions_reviewed(release: CourseRelease, *, by: User) -> None:
    """Those drafts that still say what was frozen; what was saved since nobody has judged."""
    rows = [question for lesson in release.manifest["lessons"] for question in lesson["questions"]]
    frozen = {row["id"]: row["version"] for row in rows}
    for question in Question.objects.select_for_update().filter(pk__in=frozen, state=QuestionState.DRAFT):
        if question.version == frozen[question.pk]:
            approve_question(question, by=by)


def _freeze(course: Course, revision: Revision, *, by: User) -> CourseRelease:
    manifest = manifest_of(revision.as_object())
    now = timezone.now()
    latest = course.releases.order_by("-number").first()
    course.releases.filter(superseded_at=None).update(superseded_at=now)
    return CourseRelease.objects.create(
        course=course,
        number=latest.number + 1 if latest else 1,
        revision=revision,
        item_id=manifest["course"]["item"],
        kind=manifest["course"]["kind"],
        title=manifest["course"]["title"],
        manifest=manifest,
        manifest_sha256=fingerprint(manifest),
        approved_by=by,
        approved_at=now,
        retain_until=retention_end(timezone.localdate(now)),
    )


def retention_end(published: date) -> date:
    return add_months(published, RETENTION_MONTHS)


def take_down(release: CourseRelease, *, reason: str, by: User) -> None:
    """Remove a release from what institutions may choose; the record stays (平台承诺书第十项)."""
    if not by.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以下架课程。")
    if not reason.strip():
        raise ValueError("请写明下架原因。")
    with transaction.atomic():
        release = CourseRelease.objects.select_for_update().get(pk=release.pk)
        if release.withdrawn_at:
            raise ValueError("这个版本已经下架。")
        release.withdrawn_at, release.withdrawn_by = timezone.now(), by
        release.withdrawn_reason = reason.strip()
        release.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        log(release.course, "cms.take_down", user=by, data={"reason": reason.strip()})
