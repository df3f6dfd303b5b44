"""Texts made comparable: full-width and half-width forms alike, marks of meaning kept."""

import re
import unicodedata
from functools import lru_cache

# NFKC would turn 10² into 102 and ① into 1.
_MEANT = ("<super>", "<sub>", "<fraction>", "<circle>")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x3010: "[",
    0x3011: "]",
    0x3014: "[",
    0x3015: "]",
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = {0xA0: " ", 0x3000: " ", 0x2002: " ", 0x2003: " ", ord("\t"): " ", ord("\r"): None}


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = unicodedata.decomposition(char).startswith(_MEANT)
        self[code] = char if kept else unicodedata.normalize("NFKC", char)
        return self[code]


_FOLDING = _Folding()


@lru_cache(maxsize=4096)  # each line is looked at by many patterns
def narrow(text: str) -> str:
    """The text with half-width brackets, letters and marks, character for character: same length."""
    return text.translate(_WIDE)


@lru_cache(maxsize=1024)  # each text is compared with many
def fold(text: str) -> str:
    """The text as compared: NFKC but for ² ① ½, without blanks; case is kept, for mΩ is not MΩ."""
    return re.sub(r"\s+", "", text.translate(_INVISIBLE).translate(_FOLDING))


def tidy(text: str) -> str:
    """The text as kept: plain blanks, no invisible characters, no blanks at the ends of lines."""
    lines = text.translate(_INVISIBLE).translate(_SPACES).split("\n")
    return "\n".join(stripped for line in lines if (stripped := line.strip()))
