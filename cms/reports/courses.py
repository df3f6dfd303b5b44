"""The way back from a video: the courses whose newest draft shows it.

A draft's lessons live in its revision, so the text of the newest revisions is searched for the video's id.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

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


def courses_showing(videos: Collection[UUID], user: User) -> dict[UUID, list[CourseLink]]:
    """The same for several videos at once, in one query."""
    found: dict[UUID, list[CourseLink]] = {pk: [] for pk in videos}
    named = reduce(or_, (Q(latest_revision__content__icontains=str(pk)) for pk in videos), Q(pk__in=[]))
    drafts = Course.objects.visible_to(user).filter(named).order_by("pk")
    for course, title, content in drafts.values_list(
        "pk", "latest_revision__object_str", "latest_revision__content"
    ):
        shown = {str(lesson["video"]) for lesson in content["lessons"]}
        for pk in videos:
            if str(pk) in shown:
                found[pk].append(CourseLink(course, title))
    return found
