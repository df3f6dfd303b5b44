"""The acts of a reviewer: approve or send back, on exactly what was shown."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from wagtail.models import TaskState

from accounts.models import User
from cms.models import CourseRelease, CourseReview
from cms.review.authorship import why_not_reviewer
from cms.review.gates import obstacles_of
from cms.review.headings import Answer, why_not_approve, why_not_send_back
from cms.review.manifests import fingerprint, manifest_of


class ReviewRefused(Exception):
    """A decision that cannot be taken; `sentences` tell the reviewer why and what to do."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def seen_fingerprint(task_state: TaskState) -> str:
    """What the desk shows, as one hash: questions live outside the revision and may change under review."""
    return fingerprint(manifest_of(task_state.revision.as_object()))


def approve(
    task_state_id: int, *, answers: Mapping[str, Answer], note: str, seen: str, by: User
) -> CourseReview:
    """Approve and so publish; raises `ReviewRefused`."""
    with transaction.atomic():
        task_state = _waiting(task_state_id, by)
        _refuse(why_not_approve(answers) + _changed(seen, seen_fingerprint(task_state)) + _gate(task_state))
        review = _record(task_state, CourseReview.Decision.APPROVED, answers, note, by)
        task_state.approve(user=by, comment=note)
        _refuse(_changed(seen, _released(task_state)))
        return review


def send_back(task_state_id: int, *, answers: Mapping[str, Answer], note: str, by: User) -> CourseReview:
    """Return a course to its authors with notes; raises `ReviewRefused`."""
    with transaction.atomic():
        task_state = _waiting(task_state_id, by)
        _refuse(why_not_send_back(answers, note))
        review = _record(task_state, CourseReview.Decision.SENT_BACK, answers, note, by)
        task_state.reject(user=by, comment=note)
        return review


def _waiting(task_state_id: int, by: User) -> TaskState:
    task_state = TaskState.objects.select_for_update().filter(pk=task_state_id).first()
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise ReviewRefused(["这次送审已有结论或已被撤回，请回到待审列表。"])
    reason = why_not_reviewer(by, task_state)
    _refuse([reason] if reason else [])
    return task_state.specific


def _changed(seen: str, standing: str) -> list[str]:
    if seen == standing:
        return []
    return ["您打开页面以后，题目、字幕或检查结果有变动。请刷新后再看一遍，再作决定。"]


def _released(task_state: TaskState) -> str:
    """What the approval froze, as one hash: somebody may have saved a question in that very moment."""
    frozen = CourseRelease.objects.filter(revision=task_state.revision_id).order_by("-number")
    return frozen.values_list("manifest_sha256", flat=True)[0]


def _gate(task_state: TaskState) -> list[str]:
    found = obstacles_of(task_state.revision.as_object())
    return [f"{obstacle.message}（{obstacle.clause}）" for obstacle in found]


def _refuse(sentences: list[str]) -> None:
    if sentences:
        raise ReviewRefused(sentences)


def _record(
    task_state: TaskState, decision: str, answers: Mapping[str, Answer], note: str, by: User
) -> CourseReview:
    return CourseReview.objects.create(
        task_state_id=task_state.pk,
        reviewer=by,
        decision=decision,
        headings={heading: asdict(answer) for heading, answer in answers.items()},
        note=note,
    )
