"""Which words two texts of an article do not share, for showing them side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from catalog.comparing.numbers import words_of

STAY = 3  # a run of fewer common characters between two changes is taken for chance


class Piece(NamedTuple):
    """A stretch of text; `is_number` for a changed one that holds a number."""

    text: str
    is_changed: bool
    is_number: bool = False


def side_by_side(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into pieces that stayed and pieces that changed; joined they give the texts again."""
    olds, news = words_of(old), words_of(new)
    blocks = _blocks([word.text for word in olds], [word.text for word in news])
    return _pieces(olds, [(a, size) for a, _, size in blocks]), _pieces(
        news, [(b, size) for _, b, size in blocks]
    )


def _blocks(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Where runs that stayed begin in both, and how long they are."""
    found = [(block.a, block.b, block.size) for block in Indel.opcodes(old, new).as_matching_blocks()]
    edges = {(0, 0), (len(old), len(new))}
    return [
        (a, b, size)
        for a, b, size in found
        if size >= STAY or (a, b) in edges or (a + size, b + size) in edges
    ]


def _pieces(words: Sequence, stayed: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for start, size in [*stayed, (len(words), 0)]:
        changed = words[position:start]
        if changed:
            text = "".join(word.text for word in changed)
            pieces.append(Piece(text, True, any(word.is_number for word in changed)))
        if size:
            pieces.append(Piece("".join(word.text for word in words[start : start + size]), False))
        position = start + size
    return pieces
