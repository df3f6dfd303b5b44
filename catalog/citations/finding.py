from collections.abc import Collection, Iterable
from itertools import chain

from catalog.citations.citation import Citation
from catalog.citations.document_numbers import find_document_numbers
from catalog.citations.folding import fold
from catalog.citations.references import find_anaphors, find_bare_names, find_names
from catalog.citations.standards import find_standards
from catalog.citations.titles import find_titles


def find_citations(text: str, *, register: Collection[str] = ()) -> list[Citation]:
    """Every law, rule and standard named in `text`, in order; no two overlap.

    `register` are short titles that are known (安全生产法, 高处作业分级): a law of these is believed even
    without 《》 and without an article, anything else of these even when its title could be a book's.
    What is not one: books and courses in 《》, house rules, models (YJV-0.6/1kV), 本法 of the text itself.
    """
    folded = fold(text)
    found = _without_overlaps(
        text,
        find_titles(text, folded, register),
        find_names(text, folded, register),
        find_standards(text, folded),
        find_document_numbers(text, folded),
        find_bare_names(text, folded),
    )
    return _without_overlaps(text, found, find_anaphors(text, folded, found))


def _without_overlaps(text: str, *finds: Iterable[Citation]) -> list[Citation]:
    """The first of those that claim the same characters, in order."""
    claimed = bytearray(len(text))
    kept = []
    for citation in chain.from_iterable(finds):
        if not any(claimed[citation.start : citation.end]):
            claimed[citation.start : citation.end] = b"\1" * (citation.end - citation.start)
            kept.append(citation)
    return sorted(kept, key=lambda citation: citation.start)
