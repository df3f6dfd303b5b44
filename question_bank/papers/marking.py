"""How an answer and a test are marked (附件3第32、33项). Pure: what was asked and given in, marks out."""

from collections.abc import Collection
from datetime import datetime, timedelta
from fractions import Fraction

from question_bank.rules import ATTEMPTS, SECONDS_PER_QUESTION

GRACE_S = 3  # ours: what the way from the learner to the server may take


def seconds_left(asked_at: datetime, now: datetime) -> int:
    """Whole seconds a learner still has, never below 0; a begun one counts for the learner."""
    left = timedelta(seconds=SECONDS_PER_QUESTION) - (now - asked_at)
    return max(0, min(SECONDS_PER_QUESTION, -(-left // timedelta(seconds=1))))


def is_in_time(asked_at: datetime, answered_at: datetime) -> bool:
    """Whether an answer counts: the sixtieth second does, and the grace after it."""
    return answered_at - asked_at <= timedelta(seconds=SECONDS_PER_QUESTION + GRACE_S)


def is_right(key: Collection[str], given: Collection[str]) -> bool:
    """All or nothing: of a multiple choice each right option, and no other."""
    return bool(given) and set(given) == set(key)


def mark(correct: int, total: int) -> Fraction:
    """The mark out of 100, exact."""
    return Fraction(100 * correct, total) if total else Fraction(0)


def show_mark(mark: Fraction) -> str:
    """80, or 66⅔ as 66 又 2/3: a rounded number would say 80 of what is below it."""
    whole, rest = divmod(mark, 1)
    return f"{whole} 又 {rest}" if rest else str(whole)


def attempts_left(used: int) -> int:
    return max(0, ATTEMPTS - used)
