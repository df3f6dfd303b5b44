"""When two questions are the same: exact after normalising. 不, 无, 非 and numbers make a difference."""

import re

from question_bank.content import LETTERS, Content
from question_bank.likeness.folding import fold

Body = tuple[str, frozenset[str], tuple[str, ...]]
_BLANKS = re.compile(r"\(\)|_+")


def body_of(content: Content) -> Body:
    """What is asked: the stem without its blank, the options in any order, the pictures."""
    return bare(content.stem), frozenset(map(fold, content.options)), content.images


def bare(stem: str) -> str:
    """A stem as compared: without its blank and its full stop."""
    return _BLANKS.sub("", fold(stem)).rstrip("。.")


def key_of(content: Content) -> frozenset[str]:
    """What is right, as the words of the options, so that their order does not matter."""
    by_letter = dict(zip(LETTERS, content.options, strict=False))
    return frozenset(fold(by_letter.get(letter, letter)) for letter in content.answer)
