"""The order of a paper's questions, step by step, so that two people may arrange one paper at a time.

A step names one question and where it goes. It goes into the order that stands, whatever its page showed:
nobody's step undoes another's. What concerns the whole paper (its title, final or gone) is refused when the
paper is not as it was shown.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from wagtail.models import ModelLogEntry

from accounts.models import User
from question_bank.models import Paper
from question_bank.papers.acts import PaperRefused, arrange


class Move(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"
    PLACE = "place"  # after another question, or first


@dataclass(frozen=True, slots=True)
class Step:
    """`question` is added at the end, removed, moved by one place, or placed behind `after` (None: first)."""

    move: Move
    question: int
    after: int | None = None


def stepped(order: Sequence[int], step: Step) -> list[int]:
    """`order` after `step`. One whose question or neighbour is gone changes as little as it can."""
    rest = [each for each in order if each != step.question]
    stands = step.question in order
    if step.move is Move.REMOVE:
        return rest
    if step.move is Move.ADD:
        return list(order) if stands else [*order, step.question]
    if step.move is Move.PLACE:
        at = _behind(rest, step.after)
    elif not stands:
        return list(order)
    else:
        at = max(0, order.index(step.question) + (-1 if step.move is Move.UP else 1))
    return [*rest[:at], step.question, *rest[at:]]


def _behind(order: Sequence[int], after: int | None) -> int:
    """The place behind `after`; the end when it is gone."""
    if after is None:
        return 0
    return order.index(after) + 1 if after in order else len(order)


@transaction.atomic
def take_step(paper: Paper, step: Step, *, by: User) -> Paper:
    """Let the paper be as `step` leaves it; raises `PaperRefused` as `arrange` does."""
    standing = Paper.objects.select_for_update().filter(pk=paper.pk).first()
    if standing is None:
        raise PaperRefused("这份试卷已经删除。")
    order = list(standing.entries.values_list("question", flat=True))
    return arrange(standing, stepped(order, step), by=by)


def mark_of(paper: Paper) -> str:
    """What changes when anything of the paper does: its state, title, time, questions and versions."""
    entries = paper.entries.values_list("question", "version")
    said = [paper.state, paper.title, paper.minutes, [list(row) for row in entries]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:20]


def refuse_when_changed(paper: Paper, *, seen: str, what: str) -> None:
    """Raise `PaperRefused` when the paper is not as `seen` (a `mark_of`) says; `what` was to be done."""
    if seen and seen != mark_of(paper):
        raise PaperRefused(f"{last_editor(paper)}刚刚改过这份试卷，没有{what}。请先看过现在的题目，再决定。")


def last_editor(paper: Paper) -> str:
    entry = ModelLogEntry.objects.for_instance(paper).select_related("user").order_by("-timestamp", "-pk")
    newest = entry.first()
    return f"{newest.user} " if newest and newest.user else "别人"
