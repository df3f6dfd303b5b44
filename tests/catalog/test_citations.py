"""What a text cites: precision and recall on labelled sentences, and what is promised of each citation."""

from collections import Counter

from catalog.citations import find_citations
from catalog.citations.register import registered_titles
from tests.catalog.citations_labelled import CITED, NOT_CITED


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
    sentences = [*CITED, *((sentence, []) for sentence in NOT_CITED)]
    right = found = labelled = 0
    for sentence, labels in sentences:
        told_of_it = found_in(sentence)
        right += (Counter(told_of_it) & Counter(labels)).total()
        found, labelled = found + len(told_of_it), labelled + len(labels)
    assert (labelled >= 120, len(NOT_CITED) >= 60) == (True, True)
    assert (right / found, right / labelled) >= (0.98, 0.97)
