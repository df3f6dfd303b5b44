"""When two questions are the same: exact after normalising. 不, 无, 非 and numbers make a difference."""

import re

from question_bank.content import LETTERS, Content
from question_bank.importing.folding import fold

Body = tuple[str, frozenset[str]]
_BLANKS = re.compile(r"\(\)|_+")


def body_of(content: Content) -> Body:
    """What is asked: the stem without its blank, and the options in any order."""
    return _BLANKS.sub("", fold(content.stem)).rstrip("。."), frozenset(map(fold, content.options))


def key_of(content: Content) -> frozenset[str]:
    """What is right, as the words of the options, so that their order does not matter."""
    by_letter = dict(zip(LETTERS, content.options, strict=False))
    return frozenset(fold(by_letter.get(letter, letter)) for letter in content.answer)
