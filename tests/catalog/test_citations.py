"""What a text cites: precision and recall on labelled sentences, and what is promised of each citation."""

from collections import Counter
from itertools import pairwise

import pytest

from catalog.citations import find_citations
from catalog.citations.register import registered_titles
from tests.catalog.citations_labelled import CITED, NOT_CITED
from tests.catalog.citations_labelled_bare import BARE
from tests.catalog.citations_labelled_later import LATER


def told(citation):
    """A citation as the labels write it."""
    if citation.title:
        head = f"《{citation.title}》" + (f"({citation.number})" if citation.number else "")
    elif citation.code:
        head = citation.code + (f"-{citation.year}" if citation.year else "")
    else:
        head = citation.number
    return " ".join([head, *citation.articles])


def found_in(sentence):
    return [told(citation) for citation in find_citations(sentence, register=registered_titles())]


def test_98_of_100_found_are_citations_and_97_of_100_citations_are_found():
    sentences = [*CITED, *LATER, *BARE, *((sentence, []) for sentence in NOT_CITED)]
    right = found = labelled = 0
    for sentence, labels in sentences:
        told_of_it = found_in(sentence)
        right += (Counter(told_of_it) & Counter(labels)).total()
        found, labelled = found + len(told_of_it), labelled + len(labels)
    assert (labelled >= 120, len(NOT_CITED) >= 60) == (True, True)
    assert (right / found, right / labelled) >= (0.98, 0.97)


def test_the_text_of_a_citation_is_exactly_what_stands_at_its_place_and_none_overlap():
    text = "\n".join(sentence for sentence, _ in CITED)
    citations = find_citations(text)
    assert [text[citation.start : citation.end] for citation in citations] == [
        citation.text for citation in citations
    ]
    assert all(one.end <= other.start for one, other in pairwise(citations))
    assert len(citations) > 250


@pytest.mark.parametrize(
    "text",
    ["《" * 20000, "《" * 9 + "》" * 9, "第" * 20000, "GB" * 9999, "（" * 9999, "", "》《", "《》"],
)
def test_strange_text_cites_nothing(text):
    assert find_citations(text) == []
