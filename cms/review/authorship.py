"""Who wrote what a reviewer is asked to judge: nobody approves their own work (平台承诺书第五、七项)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, QuerySet
from wagtail.models import Revision, TaskState

from accounts.models import User
from accounts.roles import Role
from cms.models.course import Course
from cms.models.release import CourseRelease
from media_pipeline.models import Captions, Video
from question_bank.models import QuestionVersion


def contributors_of(revisions: Iterable[Revision]) -> dict[int, set[int]]:
    """Ids of all with a hand in each revision, by its id: creator, editors since the last release, uploaders,
    question writers, who worked on captions. Six queries whatever the number of revisions."""
    revisions = list(revisions)
    creators = dict(Course.objects.filter(pk__in=_courses(revisions)).values_list("pk", "created_by"))
    editors = _editors(revisions)
    uploaders = dict(Video.objects.filter(pk__in=_videos(*revisions)).values_list("pk", "uploaded_by"))
    uploaders = {str(video): user for video, user in uploaders.items()}
    writers, captioners = _writers(revisions), _captioners(revisions)
    return {
        revision.pk: {
            creators[int(revision.object_id)],
            *editors[revision.pk],
            *(uploaders[video] for video in _videos(revision)),
            *(user for video in _videos(revision) for user in captioners[video]),
            *(user for question in _questions(revision) for user in writers[question]),
        }
        - {None}
        for revision in revisions
    }


def why_not_reviewer(user: User, task_state: TaskState, contributors: set[int] | None = None) -> str | None:
    """The sentence that tells `user` why they may not decide on `task_state`; None when they may."""
    if not user.has_role(Role.REVIEWER):
        return "只有审核员可以作出审核决定。"
    if user.pk == task_state.workflow_state.requested_by_id:
        return "这门课程是您送审的，须由另一位审核员审核。（平台承诺书第五项）"
    if contributors is None:
        contributors = contributors_of([task_state.revision])[task_state.revision_id]
    if user.pk in contributors:
        return "您参与了这门课程的编写，须由另一位审核员审核。（平台承诺书第五项）"
    return None


def reviewable_by(user: User, waiting: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """Those of `waiting` that `user` may decide on."""
    rows = list(waiting.select_related("workflow_state", "revision"))
    contributors = contributors_of(row.revision for row in rows)
    free = [row.pk for row in rows if why_not_reviewer(user, row, contributors[row.revision_id]) is None]
    return waiting.filter(pk__in=free)


def _courses(revisions: list[Revision]) -> set[int]:
    return {int(revision.object_id) for revision in revisions}


def _videos(*revisions: Revision) -> set[str]:
    lessons = (lesson for revision in revisions for lesson in revision.content["lessons"])
    return {str(lesson["video"]) for lesson in lessons if lesson["video"]}


def _questions(revision: Revision) -> set[int]:
    return {placed["question"] for lesson in revision.content["lessons"] for placed in lesson["placements"]}


def _editors(revisions: list[Revision]) -> dict[int, set[int | None]]:
    """Who saved a revision of the course after its newest release and up to this one."""
    releases = CourseRelease.objects.filter(course__in=_courses(revisions)).values_list("course")
    since = dict(releases.annotate(newest=Max("revision")))
    saved = Revision.objects.filter(
        base_content_type=Course.get_base_content_type(),
        object_id__in=[revision.object_id for revision in revisions],
    )
    rows = list(saved.values_list("object_id", "pk", "user"))
    return {
        revision.pk: {
            user
            for course, number, user in rows
            if course == revision.object_id and since.get(int(course), 0) < number <= revision.pk
        }
        for revision in revisions
    }


def _captioners(revisions: list[Revision]) -> dict[str, set[int | None]]:
    captioners = defaultdict(set)
    made = Captions.objects.filter(video__in=_videos(*revisions)).values_list("video", "created_by")
    for video, user in made.distinct():
        captioners[str(video)].add(user)
    return captioners


def _writers(revisions: list[Revision]) -> dict[int, set[int]]:
    asked = set().union(*(_questions(revision) for revision in revisions))
    writers = defaultdict(set)
    for question, user in QuestionVersion.objects.filter(question__in=asked).values_list(
        "question", "created_by"
    ):
        writers[question].add(user)
    return writers
