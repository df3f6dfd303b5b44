"""The way back from a video: the courses whose newest draft shows it.

A draft's lessons live in its revision, so the text of the newest revisions is searched for the video's id.
"""

from dataclasses import dataclass

from accounts.models import User
from cms.models import Course
from media_pipeline.models import Video


@dataclass(frozen=True, slots=True)
class CourseLink:
    course_id: int
    title: str


def courses_with(video: Video, user: User) -> list[CourseLink]:
    """Those of them that `user` may see; one query."""
    drafts = Course.objects.visible_to(user).filter(latest_revision__content__icontains=str(video.pk))
    return [CourseLink(*row) for row in drafts.values_list("pk", "latest_revision__object_str")]
