"""Simplified characters everywhere: Whisper mixes in traditional ones. Words keep their places."""

from dataclasses import replace
from functools import cache

from opencc import OpenCC

from media_pipeline.transcripts.speech import Segment, Word


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(segment: Segment) -> Segment:
    """The segment in simplified characters; converted as a whole, for a phrase decides its characters."""
    text = _converter().convert(segment.text)
    whole = "".join(word.text for word in segment.words)
    if text == segment.text and whole == segment.text:
        return segment
    converted = _converter().convert(whole)
    if len(converted) != len(whole):
        return replace(segment, text=text, words=tuple(map(_alone, segment.words)))
    return replace(segment, text=text, words=tuple(_sliced(converted, segment.words)))


def _alone(word: Word) -> Word:
    return replace(word, text=_converter().convert(word.text))


def _sliced(text: str, words: tuple[Word, ...]) -> list[Word]:
    at, sliced = 0, []
    for word in words:
        sliced.append(replace(word, text=text[at : at + len(word.text)]))
        at += len(word.text)
    return sliced
