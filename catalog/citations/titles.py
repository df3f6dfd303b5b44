"""Titles in 《》 with the brackets and articles that follow them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from catalog.citations.articles import read_articles
from catalog.citations.citation import Citation, CitationKind
from catalog.citations.document_numbers import find_document_numbers
from catalog.citations.folding import closings, fold
from catalog.citations.plausibility import is_instrument, is_something_else
from catalog.citations.register import short_title
from catalog.citations.standards import find_standards

TITLE_LIMIT, BRACKET_LIMIT = 150, 90  # characters; the longest titles of notices have about 100
_ENDS_A_SENTENCE = re.compile(r"[。；!?！？]")
_CODE_BEFORE = re.compile(r"[A-Z]{2,3}(?:/?T)?\s?[A-Z]?\d[\d.]*\s?-+\s?(?:19|20)?\d{2}\s?$")
_BROKEN_LINE = re.compile(r"[ \t　]*\n\s*")
_OPENING_BRACKET = re.compile(r"\s*[(\[]")
_EDITION = re.compile(r"修正|修订|试行|暂行|年版|^\s*\d{4}\s*年?\s*$|以下简?统?称|下称|简称")
_ALIAS = re.compile(
    r"(?:简称|统称|下称)(?:为|:)?\s*[《“\"「]?(?P<alias>[^《》“”\"「」]{2,40}?)[》”\"」]?\s*$"
)


def find_titles(text: str, folded: str, register: Collection[str] = ()) -> Iterator[Citation]:
    """Every instrument named in 《》; one cited by a short name the text defines gets its full title."""
    full: dict[str, str] = {}
    position = 0
    for start, end in sorted(closings(folded, opens="《〈", closes="》〉").items()):
        is_title = end - start <= TITLE_LIMIT and not _ENDS_A_SENTENCE.search(folded, start, end)
        if start < position or not is_title:
            continue
        citation, aliases = _read(text, folded, start, end)
        position = end
        known = (
            citation.title in full
            or _follows_a_code(folded, start)
            or short_title(citation.title or "") in register
        )
        if known or _is_cited(citation):
            full |= dict.fromkeys(aliases, citation.title)
            position = citation.end
            yield replace(citation, title=full.get(citation.title, citation.title))


def _follows_a_code(folded: str, start: int) -> bool:
    """Whether a standard's code with its year stands right before the title: XF 654-2006《…》."""
    return bool(_CODE_BEFORE.search(folded[max(0, start - 24) : start]))


def _is_cited(citation: Citation) -> bool:
    title = citation.title or ""
    if not title:
        return False
    evidence = citation.number or (citation.articles and not is_something_else(title))
    return bool(evidence) or is_instrument(title)


def _read(text: str, folded: str, start: int, end: int) -> tuple[Citation, list[str]]:
    """The title from `start` to `end` with all that belongs to it, and the short names given to it."""
    title = _BROKEN_LINE.sub("", text[start + 1 : end - 1]).strip()
    number: Citation | None = None
    aliases: list[str] = []
    while bracket := read_bracket(text, folded, end):
        inner, end = bracket
        number = number or number_in(inner)
        if alias := _ALIAS.search(inner.translate({ord("："): ":"})):
            aliases.append(alias["alias"])
    articles, end = read_articles(folded, end)
    citation = instrument(text[start:end], start, end, title, number, articles)
    return citation, aliases


def read_bracket(text: str, folded: str, position: int) -> tuple[str, int] | None:
    """What a bracket right after the title says of it, and where it ends; None when it says other things."""
    opening = _OPENING_BRACKET.match(folded, position)
    if opening is None:
        return None
    near = folded[opening.end() - 1 : opening.end() + BRACKET_LIMIT]
    length = closings(near, opens="([", closes=")]").get(0)
    if length is None:
        return None
    end = opening.end() - 1 + length
    inner = text[opening.end() : end - 1]
    return (inner, end) if number_in(inner) or _EDITION.search(inner) else None


def instrument(
    text: str, start: int, end: int, title: str, number: Citation | None, articles: tuple[str, ...]
) -> Citation:
    """A law or a standard named by its title; `number` was found in a bracket behind it."""
    return Citation(
        text=text,
        kind=CitationKind.INSTRUMENT,
        start=start,
        end=end,
        title=title,
        code=number.code if number else None,
        number=(number.number or number.text) if number else None,
        year=number.year if number else None,
        articles=articles,
    )


def number_in(inner: str) -> Citation | None:
    folded = fold(inner)
    found = [*find_document_numbers(inner, folded), *find_standards(inner, folded)]
    return min(found, key=lambda citation: citation.start, default=None)
