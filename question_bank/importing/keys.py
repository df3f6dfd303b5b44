"""Keys as people write them: letters, 对/错 in every notation, and what may follow on the same line."""

import re
from dataclasses import dataclass

from question_bank.content import FALSE, TRUE
from question_bank.likeness.folding import narrow

_TRUE_WORDS = ("正确", "对", "是", "√", "✓", "✔", "☑", "true", "t", "yes", "y")
_FALSE_SIGNS = ("×", "✗", "✘", "╳", "x")
_FALSE_WORDS = ("不正确", "错误", "不对", "错", "否", "false", "f", "no", "n", *_FALSE_SIGNS)
TRUTH = dict.fromkeys(_TRUE_WORDS, TRUE) | dict.fromkeys(_FALSE_WORDS, FALSE)
_WORDS = "|".join(sorted(map(re.escape, TRUTH), key=len, reverse=True))

CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
_GAP = r"[\s,、;/|&和]*"
LETTERS_ONLY = re.compile(rf"(?:[A-Za-z]{_GAP})+")
_LEADING_LETTERS = re.compile(rf"([A-Z](?:{_GAP}[A-Z])*)(?![A-Za-z0-9])")
_LEADING_WORD = re.compile(rf"({_WORDS})(?=$|[\s,.。;:([])", re.IGNORECASE)
_SEVERAL = re.compile(  # A-C, A或C, A.C, √ ×, D?, and a letter of another alphabet
    rf"\s*(?:[-—–~+→至到或]\s*[A-Z](?![A-Za-z])|\.\s*[A-H]{{1,8}}$|(?i:{_WORDS})$|\?|[\u0370-\u04ff])"
)
_REVISED = re.compile(r"\s*[(\[,]?\s*(?:应[为是选]|改[为成选]|更正|修正|原(?:[为题]|答案)|有争议|存疑|待定)")
_WRAPPED = re.compile(r"[\[(\"“'](.*?)[\])\"”']")
_CALLED = re.compile(r"(?:(?:本题|故|应)?选|选项)\s*:?\s*(?=[A-Za-z])")  # 选B, 选项B
_CLOSED = re.compile(r"(?<=[A-Za-z√×对错确误])\s*(?:[项的]|[)\]])[。.]?$")  # B项, B）, 对的
_POINTED = re.compile(r"[A-Za-z](?:\s*[.+]\s*[A-Za-z]){2,}")  # A.B.D; of two it may be a beginning: A.C


@dataclass(frozen=True, slots=True)
class Key:
    """`letters` or `truth` when understood; `rest` is what follows; `glued` when nothing parts them, or when
    what follows takes the key back.
    """

    letters: tuple[str, ...] = ()
    truth: str = ""
    rest: str = ""
    glued: bool = False


def read_key(text: str) -> Key:
    """The key at the beginning of `text`; F, T, X and the like give both readings, the type decides."""
    text = _plain(text.strip(" \t\n"))
    folded = narrow(text)
    bare = folded.strip("。.;:,")
    if wrapped := _WRAPPED.fullmatch(folded):
        return read_key(wrapped[1])
    word = TRUTH.get(bare.lower(), "")
    if LETTERS_ONLY.fullmatch(bare) or _POINTED.fullmatch(bare):
        return Key(letters=_letters(bare), truth=word)
    if word:
        return Key(truth=word)
    found = _LEADING_WORD.match(folded) or _LEADING_LETTERS.match(folded)
    if not found or _SEVERAL.match(folded, found.end()):
        return Key()
    return _leading(text, folded, found)


def _plain(text: str) -> str:
    """The key without what it may be called, and without a bracket that was opened before its name."""
    if called := _CALLED.match(narrow(text)):
        text = text[called.end() :]
    closed = _CLOSED.search(narrow(text))
    is_opened = any(mark in narrow(text) for mark in "[(")
    return text[: closed.start()] if closed and not is_opened else text


def _leading(text: str, folded: str, found: re.Match[str]) -> Key:
    rest, revised = _after(text, found), bool(_REVISED.match(folded, found.end()))
    if word := TRUTH.get(found[1].lower()) if found.re is _LEADING_WORD else "":
        return Key(truth=word, rest=rest, glued=revised)
    return Key(letters=_letters(found[1]), rest=rest, glued=revised or folded[found.end() :][:1].isalnum())


def _after(text: str, found: re.Match[str]) -> str:
    return text[found.end() :].lstrip(" 。.;:；：，,、")


def _letters(text: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^A-Z]", "", text.upper()))
