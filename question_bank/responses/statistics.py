"""How hard a question is and whether it tells who knows from who does not. Pure: answers in, figures out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from question_bank.flags import MIN_RESPONSES, Flag


@dataclass(frozen=True, slots=True)
class Figures:
    """`discrimination` is the point-biserial correlation with the rest of the test (−1 to 1)."""

    responses: int
    right: int
    discrimination: float | None

    @property
    def flag(self) -> Flag | None:
        if self.responses < MIN_RESPONSES:
            return None
        if self.right == 0:
            return Flag.NOBODY
        if self.right == self.responses:
            return Flag.EVERYBODY
        return Flag.INVERTED if (self.discrimination or 0) < 0 else None


def figures(attempts: Sequence[int], questions: Sequence[int], right: Sequence[bool]) -> dict[int, Figures]:
    """Figures of each question from parallel columns: a row is what one attempt answered to one question.

    The rest of the test is the share of the attempt's other questions that were right, so a question is not
    compared with itself. An attempt at one question alone says nothing of discrimination. Point-biserial:
    Lord & Novick, Statistical Theories of Mental Test Scores (1968), 15.3.
    """
    if not len(questions):
        return {}
    _, attempt = np.unique(np.asarray(attempts), return_inverse=True)
    names, question = np.unique(np.asarray(questions), return_inverse=True)
    score = np.asarray(right, dtype=float)
    others = np.bincount(attempt)[attempt] - 1
    rest = np.bincount(attempt, weights=score)[attempt] - score
    compared = others > 0
    correlations = _correlations(
        question[compared], score[compared], rest[compared] / others[compared], len(names)
    )
    counts, hits = np.bincount(question), np.bincount(question, weights=score)
    return {
        int(name): Figures(int(count), round(hit), correlation)
        for name, count, hit, correlation in zip(names, counts, hits, correlations, strict=True)
    }


def _correlations(group: np.ndarray, x: np.ndarray, y: np.ndarray, groups: int) -> list[float | None]:
    """Pearson's r within each group; None where one side does not vary."""
    n = np.bincount(group, minlength=groups)

    def mean(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=values, minlength=groups) / np.maximum(n, 1)

    dx, dy = x - mean(x)[group], y - mean(y)[group]
    spread = np.sqrt(mean(dx * dx) * mean(dy * dy))
    varies = spread > 1e-12
    shared = np.divide(mean(dx * dy), spread, out=np.zeros(groups), where=varies)
    return [
        float(value) if known else None for value, known in zip(np.clip(shared, -1, 1), varies, strict=True)
    ]
