"""Where a lesson could ask one more question, and what. Pure: spoken sentences in, proposals out.

The notice asks for one question in each ten minutes (附件3第32项), so windows without one come into question.
A question appears in a pause after a whole sentence, never while somebody speaks.
"""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cms.density.drafting import Draft, draft_of
from cms.footage.positions import clock
from media_pipeline.captions.running import PAUSE_S, Sentence
from question_bank.rules import WINDOW_S, windows

PER_WINDOW = 3  # ours: enough to choose from
APART_S = 45.0  # ours: two proposals of a window do not stand on each other
WAIT_S = 60.0  # ours: a question about a sentence that is over for longer confuses
_WHOLE = re.compile(r"[。！？；!?;]$|[^.\d]\.$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`draft` could be asked at second `at_s`; it repeats what was `said` from `start_s` to `end_s`."""

    window: int
    at_s: int
    start_s: float
    end_s: float
    said: str
    draft: Draft

    @property
    def print(self) -> str:
        return print_of(self.said)

    @property
    def at(self) -> str:
        return clock(self.at_s)

    @property
    def said_at(self) -> str:
        return clock(self.start_s)


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence that was taken or dismissed: not proposed again, also when its captions were edited."""

    start_s: float
    end_s: float
    print: str


def print_of(said: str) -> str:
    """What stays the same when punctuation, blanks or capitals change."""
    return "".join(character for character in said.casefold() if character.isalnum())


def propose(
    sentences: Sequence[Sentence],
    *,
    duration_s: float | None,
    asked: Iterable[int] = (),
    settled: Iterable[Settled] = (),
    stems: Collection[str] = (),
) -> list[Proposal]:
    """Up to `PER_WINDOW` proposals for each window in which no second of `asked` lies, in order of time.

    `stems` are prints of stems that the bank holds already.
    """
    spans = windows(duration_s)
    taken = {min(second // WINDOW_S, len(spans) - 1) for second in asked} if spans else set()
    settled, known = list(settled), set(stems)
    chosen: list[Proposal] = []
    for each in sorted(_all(sentences, spans), key=lambda each: (-each.draft.weight, each.at_s)):
        if each.window in taken or _is_settled(each, settled) or not known.isdisjoint(_prints(each)):
            continue
        beside = [other for other in chosen if other.window == each.window]
        if len(beside) < PER_WINDOW and all(abs(other.at_s - each.at_s) >= APART_S for other in beside):
            chosen.append(each)
            known |= _prints(each)
    return sorted(chosen, key=lambda each: each.at_s)


def _all(sentences: Sequence[Sentence], spans: Sequence[tuple[float, float]]) -> Iterable[Proposal]:
    """Every whole sentence that can be drafted and has a pause soon after."""
    for number, sentence in enumerate(sentences):
        whole = _breaks_before(sentences, number) and _breaks_after(sentences, number)
        draft = draft_of(sentence.text) if whole and spans else None
        second = pause_after(sentences, number, spans[-1][1]) if draft else None
        if draft and second is not None:
            window = min(second // WINDOW_S, len(spans) - 1)
            yield Proposal(window, second, sentence.start_s, sentence.end_s, sentence.text, draft)


def pause_after(sentences: Sequence[Sentence], number: int, duration_s: float) -> int | None:
    """The first full second after sentence `number` at which nobody speaks; None without one."""
    end_s = sentences[number].end_s
    for at in range(number, len(sentences)):
        second = math.ceil(sentences[at].end_s)
        if second > min(end_s + WAIT_S, duration_s):
            return None
        following = sentences[at + 1].start_s if at + 1 < len(sentences) else math.inf
        if second <= following and _breaks_after(sentences, at):
            return second
    return None


def _breaks_before(sentences: Sequence[Sentence], number: int) -> bool:
    return number == 0 or _breaks_after(sentences, number - 1)


def _breaks_after(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether sentence `number` is over where its text ends: a full stop, a pause, or the end of all."""
    if number == len(sentences) - 1 or _WHOLE.search(sentences[number].text):
        return True
    return sentences[number + 1].start_s - sentences[number].end_s >= PAUSE_S


def _is_settled(proposal: Proposal, settled: Iterable[Settled]) -> bool:
    return any(each.print == proposal.print or _mostly_shared(proposal, each) for each in settled)


def _mostly_shared(one: Proposal, other: Settled) -> bool:
    """Whether more than half of the shorter of the two is said at the same time."""
    shared = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return shared > min(one.end_s - one.start_s, other.end_s - other.start_s) / 2


def _prints(proposal: Proposal) -> set[str]:
    return {proposal.print, print_of(proposal.draft.stem)}
