"""Searching what is said in a course's videos: any run of Chinese characters, each hit with its second."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from catalog.citations.folding import fold
from cms.footage.positions import clock
from media_pipeline.captions import Cue
from media_pipeline.captions.running import RunningText

AROUND = 18  # characters shown before and after
TOGETHER = 60  # several words count as one hit when they stand this close
MOST_HITS = 100
LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Hit:
    second: float
    before: str
    found: str
    after: str

    @property
    def clock(self) -> str:
        return clock(self.second)


@dataclass(frozen=True, slots=True)
class SpokenLesson:
    """`cues` are None where the video has no captions."""

    number: int
    title: str
    video_id: UUID
    cues: list[Cue] | None


@dataclass(frozen=True, slots=True)
class LessonHits:
    lesson: SpokenLesson
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`without` lessons have a video and no captions: what is said there cannot be found."""

    query: str
    lessons: tuple[LessonHits, ...]
    without: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(len(lesson.hits) for lesson in self.lessons)


def search(query: str, lessons: Iterable[SpokenLesson]) -> Found:
    """All places where the words of `query` are said, at most `MOST_HITS`."""
    query = " ".join(query.replace("\0", "").split())[:LONGEST_QUERY]
    left, found, without = MOST_HITS, [], []
    for lesson in lessons:
        if lesson.cues is None:
            without.append(lesson.title)
            continue
        hits = tuple(islice(_hits(query, lesson.cues), left))
        left -= len(hits)
        if hits:
            found.append(LessonHits(lesson, hits))
    return Found(query, tuple(found), tuple(without))


def _hits(query: str, cues: list[Cue]) -> Iterator[Hit]:
    first, *others = _folded(query).split() or [""]
    said = RunningText(cues)
    text = _folded(said.text)
    at = text.find(first) if first else -1
    while at >= 0:
        end = at + len(first)
        around = text[max(0, at - TOGETHER) : end + TOGETHER]
        if all(word in around for word in others):
            before, after = said.text[max(0, at - AROUND) : at], said.text[end : end + AROUND]
            yield Hit(said.span(at, end)[0], before, said.text[at:end], after)
        at = text.find(first, end)


def _folded(text: str) -> str:
    """Small letters and ASCII digits; every character keeps its place."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in fold(text))
