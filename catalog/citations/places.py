"""Citations of a text as suggestions: what the register knows, with words and sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.citations.finding import find_citations
from catalog.citations.matching import Match, Register

WORDS, CONTEXT, ARTICLE = 300, 400, 100  # characters that are kept
_ENDS = re.compile(r"[。！？!?；\n]")


@dataclass(frozen=True, slots=True)
class Found:
    match: Match
    article: str
    words: str
    context: str
    start: int


def found_in(text: str, register: Register) -> Iterator[Found]:
    """Each citation of `text` that stands in `register`; `start` counts characters."""
    for citation in find_citations(text, register=register.titles):
        if match := register.match(citation):
            article = "、".join(citation.articles)
            yield Found(
                match=match,
                article=article if len(article) <= ARTICLE else citation.articles[0][:ARTICLE],
                words=citation.text[:WORDS],
                context=sentence_at(text, citation.start, citation.end),
                start=citation.start,
            )


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around a place, on one line and cut to `CONTEXT` characters."""
    before = [mark.end() for mark in _ENDS.finditer(text, max(0, start - CONTEXT), start)]
    after = _ENDS.search(text, end)
    since, until = before[-1] if before else max(0, start - CONTEXT), after.end() if after else len(text)
    return " ".join(text[since:until].split())[:CONTEXT]
