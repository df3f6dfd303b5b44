"""Speech with times cut into captions: at punctuation, else in pauses, never inside a number or a code.

The cheapest way to cut each uninterrupted run of speech is found exactly (dynamic programming); what a cut
costs says how much it disturbs a reader.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from media_pipeline.captions.atoms import COMMAS, FULL_STOPS, Atom, Timed, atoms
from media_pipeline.captions.cue import Cue, characters, width
from media_pipeline.captions.limits import FASTEST, LINE_WIDTH, LINES, LONGEST_S, SHORTEST_S, USUAL_S

LONG_PAUSE_S = 1.0  # nothing is shown on through it
PAUSE_S = 0.25
AFTER_FULL_STOP, AFTER_COMMA, IN_PAUSE, IN_MID_WORD = 0.0, 1.0, 2.0, 8.0
PER_CUE = 3.0  # so that there are no more cues than need be
SHORT, LONG = 4.0, 3.0
EVENNESS_GIVEN_UP = 8.0  # characters by which two lines may differ so that the first ends well


def cut(words: Iterable[Timed]) -> list[Cue]:
    """The captions of `words` (text, start and end in seconds), in order; their text is the words' own."""
    cues = [cue for run in _runs(atoms(words)) for cue in _cut_run(run)]
    return _timed(cues)


def _runs(pieces: Sequence[Atom]) -> list[list[Atom]]:
    runs: list[list[Atom]] = []
    for piece in pieces:
        if runs and piece.gap_s <= LONG_PAUSE_S:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _cut_run(run: list[Atom]) -> list[Cue]:
    """Cut one run where the sum of the costs is least."""
    edges = [0.0, *accumulate(width(piece.text) for piece in run)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            min((best[start][0] + _cost(run, start, end), start) for start in _starts(end, run, edges))
        )
    cuts, end = [], len(run)
    while end:
        cuts.append((best[end][1], end))
        end = best[end][1]
    return [_cue(run[start:stop]) for start, stop in reversed(cuts)]


def _starts(end: int, run: list[Atom], edges: list[float]) -> Iterator[int]:
    """Where a cue up to `end` may begin: it fits on its lines and is not shown too long."""
    yield end - 1  # one piece alone always may
    for start in range(end - 2, -1, -1):
        if (
            edges[end] - edges[start] > LINE_WIDTH * LINES
            or run[end - 1].end_s - run[start].start_s > LONGEST_S
        ):
            return
        full_line = bisect_right(edges, edges[start] + LINE_WIDTH) - 1
        if edges[end] - edges[full_line] <= LINE_WIDTH:
            yield start


def _cost(run: list[Atom], start: int, end: int) -> float:
    seconds = run[end - 1].end_s - run[start].start_s
    cost = PER_CUE + (0.0 if end == len(run) else _cost_of_cut(run[end - 1], run[end]))
    if seconds < SHORTEST_S:
        cost += SHORT
    return cost + LONG * max(0.0, seconds - USUAL_S)


def _cost_of_cut(before: Atom, after: Atom) -> float:
    if before.ending in FULL_STOPS:
        return AFTER_FULL_STOP
    if before.ending in COMMAS:
        return AFTER_COMMA
    return IN_PAUSE if after.gap_s >= PAUSE_S or before.text[-1].isspace() else IN_MID_WORD


def _cue(pieces: Sequence[Atom]) -> Cue:
    lines = _broken(pieces) or ["".join(piece.text for piece in pieces).strip()]
    return Cue(round(pieces[0].start_s, 2), round(pieces[-1].end_s, 2), "\n".join(lines))


def _broken(pieces: Sequence[Atom]) -> list[str] | None:
    """One line if it fits, else two as even as punctuation allows; None when two are not enough."""
    whole = "".join(piece.text for piece in pieces).strip()
    if width(whole) <= LINE_WIDTH:
        return [whole]
    ways = [
        (abs(width(first) - width(second)) - EVENNESS_GIVEN_UP * is_good, first, second)
        for is_good, first, second in _halves(pieces)
        if max(width(first), width(second)) <= LINE_WIDTH
    ]
    return list(min(ways)[1:]) if ways else None


def _halves(pieces: Sequence[Atom]) -> Iterator[tuple[bool, str, str]]:
    """Whether the line ends at a sign or in a pause, and the two lines."""
    for at in range(1, len(pieces)):
        is_good = _cost_of_cut(pieces[at - 1], pieces[at]) < IN_MID_WORD
        first, second = ("".join(piece.text for piece in part).strip() for part in (pieces[:at], pieces[at:]))
        yield is_good, first, second


def _timed(cues: list[Cue]) -> list[Cue]:
    """Each cue stays long enough to be read, as far as the next one lets it."""
    ends = [following.start_s for _, following in pairwise(cues)] + [float("inf")]
    return [_readable(cue, latest) for cue, latest in zip(cues, ends, strict=True)]


def _readable(cue: Cue, latest_s: float) -> Cue:
    wanted = max(SHORTEST_S, characters(cue.text) / FASTEST)
    end = min(max(cue.end_s, cue.start_s + wanted), max(latest_s, cue.start_s + 0.1))
    return Cue(cue.start_s, round(end, 2), cue.text)
