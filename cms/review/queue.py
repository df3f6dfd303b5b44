"""What waits for review: longest waiting first, and who may take it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Revision, TaskState

from accounts.models import User
from cms.models import Course, CourseReviewTask, Overruling, UpdateNotice
from cms.review.authorship import contributors_of, why_not_reviewer
from media_pipeline.models import Video


@dataclass(frozen=True, slots=True)
class Waiting:
    """One course under review; `why_not` is the sentence for a reviewer who may not decide on it."""

    task_state: TaskState
    revision: Revision
    course: Course
    is_new: bool
    has_notice: bool
    why_not: str | None

    @property
    def why_it_came(self) -> str:
        if self.is_new:
            return "新课程"
        return "法规更新" if self.has_notice else "内容有改动"


def waiting_for(user: User, limit: int | None = None) -> list[Waiting]:
    """What is under human review, oldest first, with a fixed number of queries."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=CourseReviewTask.objects.all()
    ).select_related("workflow_state__requested_by", "revision")
    states = list(states.order_by("started_at")[:limit])
    courses = Course.objects.select_related("item", "institution").in_bulk(
        [int(state.workflow_state.object_id) for state in states]
    )
    contributors = contributors_of(state.revision for state in states)
    due = set(
        UpdateNotice.objects.filter(course__in=courses, closed_at=None).values_list("course", flat=True)
    )
    return [
        _waiting(state, courses[int(state.workflow_state.object_id)], user, contributors, due)
        for state in states
    ]


def _waiting(
    state: TaskState, course: Course, user: User, contributors: dict[int, set[int]], due: set[int]
) -> Waiting:
    return Waiting(
        task_state=state,
        revision=state.revision,
        course=course,
        is_new=course.live_revision_id is None,
        has_notice=course.pk in due,
        why_not=why_not_reviewer(user, state, contributors[state.revision_id]),
    )


def undecided_overrulings(user: User) -> QuerySet[Overruling]:
    """Findings that wait for a reviewer's word, the first or the second; oldest first."""
    waiting = Overruling.objects.undecided().exclude(by=user).filter(video__in=Video.objects.visible_to(user))
    return waiting.select_related("video__institution", "asked_by", "by")
