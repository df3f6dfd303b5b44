"""Keys that stand in the stem: `…的是（D）。`, `…（√）`, `…一次。C`."""

import re
from dataclasses import dataclass

from question_bank.content import QuestionType
from question_bank.importing.keys import LETTERS_ONLY
from question_bank.importing.types import OTHER
from question_bank.likeness.folding import narrow

BLANK = "（ ）"
_EMPTY = re.compile(r"\(\s*\)|_{2,}")
_BRACKETED = re.compile(
    r"(?<![A-Za-z0-9])[(\[]\s*([A-Ha-h][A-Ha-h\s,、;]*|√|×|✓|✗|对|错|正确|错误|[TF])\s*[)\]]"
)
_TRAILING = re.compile(r"(?<=[。？?!)])\s*([A-H]{1,6}|T|√|×|✓|✗)\s*$")
_TRAILING_WORD = re.compile(r"(?:(?<=[。？?!)])\s*|\s+)(正确|错误|对|错|√|×|✓|✗)\s*[。.]?\s*$")
_AT_END = re.compile(r"[\s。.?!]*$")


@dataclass(frozen=True, slots=True)
class StemKey:
    """The keys found in a stem, and the stem with a blank in place of them."""

    keys: tuple[str, ...]
    stem: str


def find_keys(stem: str, kind: str, *, has_key: bool = False) -> StemKey:
    """What looks like a key in the stem of a question of `kind` (may be empty: not known).

    A word at the end of a statement counts only where no key is given: 「…的做法 正确」 may end so.
    """
    if kind == OTHER:
        return StemKey((), stem)
    folded = narrow(stem)
    found = [match for match in _BRACKETED.finditer(folded) if _fits(match, folded, kind)]
    trailing = _TRAILING.search(folded)
    if not trailing and kind == QuestionType.TRUE_FALSE and not has_key:
        trailing = _TRAILING_WORD.search(folded)
    if not found and trailing:
        return StemKey((trailing[1],), stem[: trailing.start()].rstrip())
    for match in reversed(found):
        stem = stem[: match.start()] + BLANK + stem[match.end() :]
    return StemKey(tuple(match[1] for match in found), stem)


def has_blank(stem: str) -> bool:
    return bool(_EMPTY.search(narrow(stem)))


def _fits(match: re.Match[str], folded: str, kind: str) -> bool:
    """Words for right and wrong count before or at the end of a statement, letters in a choice."""
    is_letters = bool(LETTERS_ONLY.fullmatch(match[1])) and match[1] not in ("T", "F")
    if is_letters:
        return kind != QuestionType.TRUE_FALSE
    at_end = bool(_AT_END.match(folded, match.end()))
    before = kind == QuestionType.TRUE_FALSE and not folded[: match.start()].strip()
    return before or (at_end and kind in (QuestionType.TRUE_FALSE, ""))
