"""What the one player of the product needs for a video: sources, poster, thumbnails, captions."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.urls import reverse

from cms.coverage.outlines import captions_version
from cms.models import CourseRelease
from media_pipeline.models import Captions, Rendition, Video
from media_pipeline.renditions.storyboard import COLUMNS, ROWS

ORIGINALS_THAT_PLAY = {".mp4", ".webm"}
POSTER = "poster.jpg"


@dataclass(frozen=True, slots=True)
class Source:
    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Track:
    """Captions as WebVTT; `language` as in `lang` attributes."""

    url: str
    label: str
    language: str = "zh-Hans"


@dataclass(frozen=True, slots=True)
class Player:
    """`sources` in the order of the menu, the best first; the last resort is the original."""

    title: str
    duration_s: float
    sources: tuple[Source, ...]
    original: str
    original_name: str
    poster: str
    thumbnails: dict[str, Any] | None
    tracks: tuple[Track, ...] = ()

    @property
    def thumbnails_json(self) -> str:
        return json.dumps(self.thumbnails)


class AdminPlace:
    """Addresses for those who may see the video itself, and the captions in force."""

    def original(self, video: Video) -> str:
        return reverse("media_pipeline:file", args=[video.pk])

    def rendition(self, video: Video, name: str) -> str:
        return reverse("media_pipeline:rendition", args=[video.pk, name])

    def captions(self, videos: list[Video]) -> dict[UUID, str]:
        newest = Captions.objects.newest().filter(video__in=videos).values_list("video", "number")
        return {pk: reverse("cms:captions_file", args=[pk, number, "vtt"]) for pk, number in newest}


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Addresses for those who may read this release, and the captions that it froze."""

    release: CourseRelease

    def original(self, video: Video) -> str:
        return reverse("site:video", args=[self.release.pk, video.pk])

    def rendition(self, video: Video, name: str) -> str:
        return reverse("site:rendition", args=[self.release.pk, video.pk, name])

    def captions(self, videos: list[Video]) -> dict[UUID, str]:
        frozen = [each.pk for each in videos if captions_version(self.release.manifest, str(each.pk))]
        return {pk: reverse("site:captions", args=[self.release.pk, pk]) for pk in frozen}


type Place = AdminPlace | SitePlace


def players_of(videos: Iterable[Video], place: Place) -> dict[UUID, Player]:
    """A player for each complete video from `with_inspection()`, by its id: two queries for all."""
    videos = [video for video in videos if video.completed_at]
    made: dict[str, list[Rendition]] = {video.sha256: [] for video in videos}
    for each in Rendition.objects.of(*videos):
        made[each.job.key].append(each)
    captions = place.captions(videos)
    return {
        video.pk: _player(video, made[video.sha256], captions.get(video.pk, ""), place) for video in videos
    }


def with_poster(hashes: Iterable[str]) -> set[str]:
    """Those of these SHA-256 whose poster is there."""
    posters = Rendition.objects.filter(
        kind=Rendition.Kind.POSTER, job__key__in=[each for each in hashes if each]
    )
    return set(posters.values_list("job__key", flat=True))


def _player(video: Video, made: list[Rendition], captions: str, place: Place) -> Player:
    by_kind = {each.kind: each for each in made}
    return Player(
        title=video.original_name,
        duration_s=video.duration_s or 0.0,
        sources=tuple(_sources(video, by_kind, place)),
        original=place.original(video),
        original_name=video.original_name,
        poster=place.rendition(video, POSTER) if Rendition.Kind.POSTER in by_kind else "",
        thumbnails=_thumbnails(video, made, place),
        tracks=(Track(captions, "中文"),) if captions else (),
    )


def _sources(video: Video, by_kind: dict[str, Rendition], place: Place) -> Iterator[Source]:
    for kind in Rendition.QUALITIES:
        if made := by_kind.get(kind):
            label = f"{made.get_kind_display()} {made.lines}"
            yield Source(kind, label, place.rendition(video, made.file_name))
    has_some = any(kind in by_kind for kind in Rendition.QUALITIES)
    if not has_some or PurePath(video.file.name).suffix in ORIGINALS_THAT_PLAY:
        yield Source("original", "原画", place.original(video))


def _thumbnails(video: Video, made: list[Rendition], place: Place) -> dict[str, Any] | None:
    """The index of the storyboard, as the script reads it."""
    sheets = sorted(
        (each for each in made if each.kind == Rendition.Kind.SPRITE), key=lambda each: each.number
    )
    if not sheets:
        return None
    return {
        "every": sheets[0].every_s,
        "width": sheets[0].width,
        "height": sheets[0].height,
        "columns": COLUMNS,
        "rows": ROWS,
        "sheets": [place.rendition(video, each.file_name) for each in sheets],
    }
