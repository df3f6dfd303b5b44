"""What the machine found in videos, as reviewers left it."""

from collections.abc import Iterable
from uuid import UUID

from cms.models.overruling import Overruling
from media_pipeline.models import Video


def attach_overrulings(videos: Iterable[Video]) -> None:
    """Hang on each video of `with_inspection()` what people said of its findings: one query for all."""
    videos = list(videos)
    said: dict[UUID, list[Overruling]] = {video.pk: [] for video in videos}
    for each in Overruling.objects.for_videos(said) if said else ():
        said[each.video_id].append(each)
    for video in videos:
        current = {finding.check_id: finding for finding in video.findings}
        video.overrulings = {
            each.check_id: each
            for each in said[video.pk]
            if each.check_id in current and each.is_about(current[each.check_id])
        }


def settled_checks(video: Video) -> set[str]:
    """Ids of the checks that people have overruled; needs `attach_overrulings`."""
    return {check_id for check_id, each in video.overrulings.items() if each.is_in_effect}
