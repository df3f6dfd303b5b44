"""The one problem handed to a solver: which question fills a place of which quota.

It stands alone because the solver takes a second to load, which no other command should wait for.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

_MISSING = 1e4  # the cost of a place left empty: above that of any question


def allot(
    needed: Sequence[int], fitting: Sequence[tuple[int, ...]], costs: Sequence[float]
) -> tuple[list[list[int]], list[int]]:
    """What each quota takes and how much it lacks: as few places empty as possible, then the lowest cost.

    `needed[q]` places are in quota q; question r fits the quotas `fitting[r]` and costs `costs[r]` (0 to
    far below 10,000). Returns the questions' numbers per quota, and the empty places per quota.
    """
    pairs = [(row, place) for row, places in enumerate(fitting) for place in places]
    prices = np.array([costs[row] for row, _ in pairs] + _empty_costs(needed))
    solved = milp(
        prices,
        integrality=np.ones(len(prices)),
        bounds=Bounds(0, np.array([1] * len(pairs) + list(needed))),
        constraints=_constraints(needed, len(fitting), pairs),
        options={"mip_rel_gap": 0},
    )
    chosen = np.round(solved.x).astype(int)
    taken: list[list[int]] = [[] for _ in needed]
    for (row, place), is_taken in zip(pairs, chosen, strict=False):
        if is_taken:
            taken[place].append(row)
    return taken, chosen[len(pairs) :].tolist()


def _empty_costs(needed: Sequence[int]) -> list[float]:
    """Where it may be said of several quotas that they lack something, the later one is named."""
    return [_MISSING * (2 - place / len(needed)) for place in range(len(needed))]


def _constraints(
    needed: Sequence[int], questions: int, pairs: Sequence[tuple[int, int]]
) -> list[LinearConstraint]:
    """Each question is taken at most once; each quota is filled, by questions or by empty places."""
    columns = np.arange(len(pairs))
    rows = np.array([row for row, _ in pairs], dtype=int)
    places = np.array([place for _, place in pairs], dtype=int)
    width = len(pairs) + len(needed)
    once = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(max(questions, 1), width))
    filled_by = np.concatenate([places, np.arange(len(needed))])
    filled = coo_array((np.ones(width), (filled_by, np.arange(width))), shape=(len(needed), width))
    return [LinearConstraint(once.tocsr(), ub=1), LinearConstraint(filled.tocsr(), lb=needed, ub=needed)]
