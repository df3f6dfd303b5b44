"""Who wrote what a reviewer is asked to judge: nobody approves their own work (平台承诺书第五、七项)."""

from django.db.models import QuerySet
from wagtail.models import Revision, TaskState

from accounts.models import User
from accounts.roles import Role
from media_pipeline.models import Video
from question_bank.models import QuestionVersion


def contributors(revision: Revision) -> set[int]:
    """Ids of all with a hand in `revision`: creator, editors since the last release, uploaders, writers."""
    course = revision.content_object
    since = course.releases.values_list("revision_id", flat=True).first() or 0
    editors = course.revisions.filter(pk__gt=since, pk__lte=revision.pk).values_list("user_id", flat=True)
    lessons = revision.content["lessons"]
    videos = [lesson["video"] for lesson in lessons if lesson["video"]]
    questions = [placed["question"] for lesson in lessons for placed in lesson["placements"]]
    people = {course.created_by_id, *editors}
    people |= set(Video.objects.filter(pk__in=videos).values_list("uploaded_by", flat=True))
    people |= set(
        QuestionVersion.objects.filter(question__in=questions).values_list("created_by", flat=True).distinct()
    )
    return people - {None}


def why_not_reviewer(user: User, task_state: TaskState) -> str | None:
    """The sentence that tells `user` why they may not decide on `task_state`; None when they may."""
    if not user.has_role(Role.REVIEWER):
        return "只有审核员可以作出审核决定。"
    if user.pk == task_state.workflow_state.requested_by_id:
        return "这门课程是您送审的，须由另一位审核员审核。（平台承诺书第五项）"
    if user.pk in contributors(task_state.revision):
        return "您参与了这门课程的编写，须由另一位审核员审核。（平台承诺书第五项）"
    return None


def reviewable_by(user: User, waiting: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Those of `waiting` that `user` may decide on."""
    if not user.has_role(Role.REVIEWER):
        return waiting.none()
    rows = waiting.select_related("workflow_state", "revision")
    return waiting.filter(pk__in=[row.pk for row in rows if why_not_reviewer(user, row) is None])
