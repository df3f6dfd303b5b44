"""Revisions made by chance, with a known answer: what the comparison finds again."""

import io
import random

import docx
import pytest

from catalog.comparing import Article, compare_articles, split_articles
from catalog.texts import text_of
from tests.catalog.law_mutator import revise, score, written
from tests.catalog.law_texts import OLD
from tests.catalog.law_texts_more import MORE

STRANGERS = [article.text for article in split_articles(MORE)]


def law():
    return [(article.number, article.text) for article in split_articles(OLD)]


def share(pair):
    right, of = pair
    return right / of if of else 1


@pytest.mark.parametrize("anew", [True, False])
def test_articles_and_numbers_are_found_again_in_a_revision(anew):
    """The shares are of twelve revisions together; `benchmarks/law_texts.py` measures whole laws."""
    total = None
    for seed in range(12):
        revision = revise(law(), STRANGERS, seed=seed, anew=anew)
        changes = compare_articles(split_articles(OLD), [Article(*one) for one in revision.articles])
        one = score(revision, changes)
        total = total + one if total else one
    assert share(total.links) >= 0.97
    assert share(total.said) >= 0.98
    assert share(total.parts) >= 0.75
    assert share(total.kinds) >= 0.97
    assert share(total.numbers) >= 0.95
    assert share(total.numbers_said) >= 0.9


@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("anew", [True, False])
def test_a_file_gives_back_the_articles_that_were_written_into_it(markdown, anew):
    revision = revise(law(), STRANGERS, seed=5, strength=1.5, anew=anew)
    text = written(revision, chance=random.Random(5), markdown=markdown)
    read = [(article.number, article.text) for article in split_articles(text)]
    assert read == [(number, "".join(text.split())) for number, text in revision.articles]


def test_a_docx_with_a_paragraph_for_each_line_gives_the_same_articles():
    revision = revise(law(), STRANGERS, seed=6)
    text = written(revision, chance=random.Random(6), markdown=False)
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    assert split_articles(text_of(out.getvalue(), name="x.docx")) == split_articles(text)
