"""Keys that stand in the stem: `…的是（D）。`, `…（√）`, `…一次。C`."""

import re
from dataclasses import dataclass, replace

from question_bank.content import QuestionType
from question_bank.importing.keys import LETTERS_ONLY
from question_bank.importing.raw import RawQuestion
from question_bank.importing.types import OTHER
from question_bank.likeness.folding import narrow

BLANK = "（ ）"
_EMPTY = re.compile(r"\(\s*\)|_{2,}")
_BRACKETED = re.compile(
    r"(?<![A-Za-z0-9])[(\[{]\s*([A-Ha-h][A-Ha-h\s,、;]*|√|×|✓|✗|对|错|正确|错误|是|否|[TFYNXx])\s*[)\]}]"
    r"|_+\s*([A-H]{1,8})\s*_+"
)
_SIGNS, _ONLY_OF_STATEMENTS = set("√×✓✗"), set("是否YNXx")
_REASON = re.compile(
    r"(?<=[√×✓✗对错误确])\s*[)\]]\s*[,;。]?\s*"
    r"(?=(?:改正|更正|应改为|应为|应是|(?:正确(?:的?是|说法|答案)?|理由|原因|解析|说明)\s*:))"
)
_TRAILING = re.compile(r"(?<=[。？?!)])\s*([A-H]{1,6}|T|√|×|✓|✗)\s*$")
_TRAILING_WORD = re.compile(r"(?:(?<=[。？?!)])\s*|\s+)(正确|错误|对|错|√|×|✓|✗)\s*[。.]?\s*$")
_AT_END = re.compile(r"[\s。.?!]*$")


@dataclass(frozen=True, slots=True)
class StemKey:
    """The keys found in a stem, and the stem with a blank in place of them; `within` its words."""

    keys: tuple[str, ...]
    stem: str
    within: bool = False


def with_reason_apart(raw: RawQuestion) -> RawQuestion:
    """`…。（×）改正：…`: what follows the sign of a statement explains it."""
    found = None if raw.is_keyed or raw.options else _REASON.search(narrow(raw.stem))
    if not found:
        return raw
    explanation = f"{raw.stem[found.end() :]}\n{raw.explanation}".strip()
    return replace(raw, stem=raw.stem[: found.end()].rstrip(), explanation=explanation)


def find_keys(stem: str, kind: str, *, has_key: bool = False) -> StemKey:
    """What looks like a key in the stem of a question of `kind` (may be empty: not known).

    A word at the end of a statement counts only where no key is given: 「…的做法 正确」 may end so.
    """
    if kind == OTHER:
        return StemKey((), stem)
    folded = narrow(stem)
    found = [match for match in _BRACKETED.finditer(folded) if _fits(match, folded, kind, has_key=has_key)]
    trailing = _TRAILING.search(folded)
    if not trailing and kind == QuestionType.TRUE_FALSE and not has_key:
        trailing = _TRAILING_WORD.search(folded)
    if not found and trailing:
        return StemKey((trailing[1],), stem[: trailing.start()].rstrip())
    if len(found) > 1:
        found = [match for match in found if not _is_within(match, folded)]
    is_within = any(_is_within(match, folded) for match in found)
    for match in reversed(found):
        stem = stem[: match.start()] + BLANK + stem[match.end() :]
    return StemKey(tuple(map(_said, found)), stem, is_within)


def has_blank(stem: str) -> bool:
    return bool(_EMPTY.search(narrow(stem)))


def _said(match: re.Match[str]) -> str:
    return match[match.lastindex]


def _fits(match: re.Match[str], folded: str, kind: str, *, has_key: bool) -> bool:
    """Words for right and wrong count before or at the end of a statement, letters in a choice."""
    said = _said(match)
    if said in _ONLY_OF_STATEMENTS and (kind != QuestionType.TRUE_FALSE or has_key):
        return False
    if LETTERS_ONLY.fullmatch(said) and said not in "TFYNXx":
        return kind != QuestionType.TRUE_FALSE
    at_end = bool(_AT_END.match(folded, match.end()))
    if kind == QuestionType.TRUE_FALSE:
        return at_end or not folded[: match.start()].strip() or (said in _SIGNS and not has_key)
    return kind == "" and at_end


def _is_within(match: re.Match[str], folded: str) -> bool:
    """Whether a sign stands between the words of a statement."""
    before, at_end = folded[: match.start()].strip(), _AT_END.match(folded, match.end())
    return _said(match) in _SIGNS and bool(before) and not at_end
