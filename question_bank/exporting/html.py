"""A text with its pictures as HTML, for formats that hold both only so."""

from collections.abc import Callable
from html import escape

from question_bank.exporting.entry import Entry


def as_html(entry: Entry, text: str, address: Callable[[int], str]) -> str:
    """`address` says where picture 1, 2, … is found. Blanks beside each other would count as one."""

    def one(piece: str | int) -> str:
        if isinstance(piece, int):
            return f'<img src="{escape(address(piece))}" alt="图{piece}">'
        return escape(piece, quote=False).replace("\t", " ").replace("  ", " &nbsp;").replace("\n", "<br>")

    return "".join(map(one, entry.pieces(text)))
