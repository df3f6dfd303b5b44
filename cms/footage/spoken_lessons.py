"""The lessons of a draft or of a release with what is said in them."""

from uuid import UUID

from cms.coverage.outlines import captions_version
from cms.footage.lessons import lessons_of
from cms.footage.spoken_search import SpokenLesson
from cms.models import Course, CourseRelease
from media_pipeline.captioning import captions_of
from media_pipeline.models import Captions


def lessons_of_draft(draft: Course) -> list[SpokenLesson]:
    """Lessons that have a video, with the captions in force."""
    lessons = [(number, each) for number, each in enumerate(lessons_of(draft), 1) if each.video]
    captions = captions_of(lesson.video for _, lesson in lessons)
    return [
        SpokenLesson(
            number,
            lesson.title,
            lesson.video_id,
            captions[lesson.video_id].cues if lesson.video_id in captions else None,
        )
        for number, lesson in lessons
    ]


def lessons_of_release(release: CourseRelease) -> list[SpokenLesson]:
    """Lessons that have a video, with the captions that the release froze; one query."""
    lessons = [(number, row) for number, row in enumerate(release.manifest["lessons"], 1) if row["video"]]
    frozen = _frozen_captions(release, [row["video"]["id"] for _, row in lessons])
    return [
        SpokenLesson(
            number,
            row["title"],
            UUID(row["video"]["id"]),
            frozen[row["video"]["id"]].cues if row["video"]["id"] in frozen else None,
        )
        for number, row in lessons
    ]


def release_captions(release: CourseRelease, video_id: UUID) -> Captions | None:
    """The captions of one video as the release froze them."""
    return _frozen_captions(release, [str(video_id)]).get(str(video_id))


def _frozen_captions(release: CourseRelease, video_ids: list[str]) -> dict[str, Captions]:
    versions = {each: captions_version(release.manifest, each) for each in video_ids}
    found = Captions.objects.filter(video__in=video_ids, number__in=set(versions.values()) - {None})
    return {
        str(each.video_id): each
        for each in found.select_related("video")
        if each.number == versions[str(each.video_id)]
    }
