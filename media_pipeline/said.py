"""What is said in videos, by their captions in force: sentences, and laws and standards that are named.

A citation found here is a suggestion that a person confirms; it never says anything about a course by itself.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from catalog.citations import Citation, find_citations
from media_pipeline.captioning import captions_of
from media_pipeline.captions.running import RunningText, Sentence, sentences
from media_pipeline.captions.spoken_codes import as_printed
from media_pipeline.models import Video


@dataclass(frozen=True, slots=True)
class SaidCitation:
    """`citation` was said in `video` from `start_s` to `end_s`; `words` are the captions that show it."""

    video: Video
    start_s: float
    end_s: float
    words: str
    citation: Citation


def citations_said(videos: Iterable[Video], titles: Collection[str]) -> Iterator[SaidCitation]:
    """Every law and standard named in the captions of `videos`, in order; one query.

    `titles` are the short titles that are believed without 《》: speech has none.
    """
    videos = list(videos)
    captions = captions_of(videos)
    for video in videos:
        if video.pk in captions:
            yield from _citations(video, RunningText(captions[video.pk].cues), titles)


def sentences_said(video: Video) -> list[Sentence]:
    """The sentences of a video with their times, as for drafting questions; none without captions."""
    captions = captions_of([video]).get(video.pk)
    return list(sentences(captions.cues)) if captions else []


def _citations(video: Video, said: RunningText, titles: Collection[str]) -> Iterator[SaidCitation]:
    printed, places = as_printed(said.text)
    for citation in find_citations(printed, register=titles):
        start, end = places[citation.start], places[citation.end - 1] + 1
        words = RunningText(said.cues_of(start, end)).text
        yield SaidCitation(video, *said.span(start, end), words, citation)
