"""Which article of the old text became which of the new."""

from collections.abc import Iterator, Sequence

type Rows = Sequence[Sequence[float]]
type Pair = tuple[int, int]

IN_ORDER = 0.33  # how alike two articles must be when both texts tell them in the same order
MOVED = 0.45  # … and when one was moved past others
NEARLY_BEST = 0.75  # a pair is not taken when one of the two has a partner so much better


def align(rows: Rows) -> list[Pair]:
    """The pairs (old, new), each article at most once, in the order of the old.

    First the pairs that keep the order of both texts, so that the sum of what they exceed `IN_ORDER` by is
    greatest (dynamic programming, as Needleman and Wunsch 1970); then what was moved, the most alike first.
    """
    in_order = list(_in_order(rows)) if rows and rows[0] else []
    return sorted([*in_order, *_moved(rows, in_order)])


def _in_order(rows: Rows) -> Iterator[Pair]:
    gains = _gains(rows)
    width = len(rows[0])
    best = [[0.0] * (width + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(width)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + gains[i][j])
    i = j = 0
    while i < len(rows) and j < width:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _gains(rows: Rows) -> list[list[float]]:
    """What a pair is worth: 0 unless it is alike and neither of the two has a far better partner."""
    of_new = [max(column) for column in zip(*rows, strict=True)]
    return [
        [
            alike - IN_ORDER if alike > max(IN_ORDER, NEARLY_BEST * max(of_old, of_new[j])) else 0.0
            for j, alike in enumerate(row)
        ]
        for of_old, row in ((max(row), row) for row in rows)
    ]


def _moved(rows: Rows, taken: list[Pair]) -> Iterator[Pair]:
    old, new = {i for i, _ in taken}, {j for _, j in taken}
    free = [
        (alike, i, j)
        for i, row in enumerate(rows)
        for j, alike in enumerate(row)
        if alike >= MOVED and i not in old and j not in new
    ]
    for _, i, j in sorted(free, reverse=True):
        if i not in old and j not in new:
            old.add(i)
            new.add(j)
            yield i, j
