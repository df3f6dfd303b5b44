"""Revisions of laws made by chance: share of articles found again, and of changed numbers.

    ./run bench law_texts [DIRECTORY WITH LAWS] [REVISIONS OF EACH]

Each law (txt, md, docx) is revised with a known answer (`tests/catalog/law_mutator.py`), written as a file
and compared. Without a directory it is the made-up rule of the tests. Time: CPU against splitting the texts.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from catalog.comparing import Article, compare_articles, split_articles
from catalog.texts import read_text
from tests.catalog.law_mutator import Revision, Score, revise, score, written
from tests.catalog.law_texts import NEW, OLD

STRENGTHS = (0.5, 1.0, 1.8)
type Law = list[tuple[str, str]]


def laws() -> dict[str, Law]:
    if len(sys.argv) < 2:
        return {"old": _pairs(OLD), "new": _pairs(NEW)}
    files = sorted(path for path in Path(sys.argv[1]).iterdir() if path.suffix in (".md", ".txt", ".docx"))
    return {path.name: _pairs(read_text(path)) for path in files}


def _pairs(text: str) -> Law:
    return [(article.number, article.text) for article in split_articles(text)]


def compared(old: Law, revision: Revision, seed: int) -> tuple[Score, float, float]:
    """The score, CPU seconds of the comparison and of splitting both."""
    text = written(revision, chance=random.Random(seed), markdown=bool(seed % 2))
    start = time.process_time()
    new = split_articles(text)
    middle = time.process_time()
    changes = compare_articles([Article(*one) for one in old], new)
    return score(revision, changes), time.process_time() - middle, middle - start


def tell(known: dict[str, Law], strength: float, *, anew: bool, times: int) -> None:
    total, spent, yardstick = None, 0.0, 0.0
    for name, old in known.items():
        others = [law for other, law in known.items() if other[:6] != name[:6]]
        strangers = [text for law in others for _, text in law if 30 < len(text) < 400]
        for seed in range(times):
            revision = revise(old, strangers, seed=seed, strength=strength, anew=anew)
            one, seconds, split = compared(old, revision, seed)
            total, spent, yardstick = (total + one if total else one), spent + seconds, yardstick + split
    shares = [f"{right / max(1, of):>8.3f} of{of:>5}" for right, of in _shares(total)]
    print(f"{strength:>8} {'anew' if anew else 'kept':<5}" + "".join(shares) + f"{spent / yardstick:>8.0f} ×")


def _shares(total: Score) -> list[tuple[int, int]]:
    return [total.links, total.said, total.parts, total.numbers, total.numbers_said]


def main() -> None:
    times, known = int(sys.argv[2]) if len(sys.argv) > 2 else 3, laws()
    heads = ("found again", "said rightly", "split, merged", "numbers", "said rightly")
    print("strength nos. " + "".join(f"{head:>16}" for head in heads) + "   time ÷ splitting the text")
    for strength in STRENGTHS:
        for anew in (True, False):
            tell(known, strength, anew=anew, times=times)


if __name__ == "__main__":
    main()
