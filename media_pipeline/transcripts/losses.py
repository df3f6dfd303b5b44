"""Text that was lost: Whisper drops sentences silently while its times still cover everything.

Measured on Mandarin lectures: 4.3–4.4 characters a second of speech when complete, 2.8 and less when not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from media_pipeline.transcripts.speech import Segment, Stretch

FEWEST_PER_S = 3.0  # characters a second of speech
JUDGED_FROM_S = 10.0  # of speech; in less, one slow phrase decides
PASSAGE_S = 30.0  # of speech; over a longer one a lost half minute averages out


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring stretches of speech, and how much text there is from `from_s` up to `to_s`.

    `heard_again`: the text is the fuller of two hearings.
    """

    stretches: tuple[Stretch, ...]
    characters: int
    from_s: float
    to_s: float
    heard_again: bool = False

    @property
    def start_s(self) -> float:
        return self.stretches[0].start_s

    @property
    def end_s(self) -> float:
        return self.stretches[-1].end_s

    @property
    def speech_s(self) -> float:
        return sum(stretch.seconds for stretch in self.stretches)

    @property
    def per_second(self) -> float:
        return self.characters / self.speech_s

    @property
    def is_thin(self) -> bool:
        return self.speech_s >= JUDGED_FROM_S and self.per_second < FEWEST_PER_S

    def holds(self, second: float) -> bool:
        return self.from_s <= second < self.to_s

    def later(self, by_s: float) -> "Passage":
        return replace(self, stretches=tuple(each.later(by_s) for each in self.stretches))


def passages(stretches: Iterable[Stretch], segments: Sequence[Segment]) -> list[Passage]:
    """The speech in passages of about half a minute, each with the text whose middle lies in it."""
    groups = _groups(stretches)
    if not groups:
        return []
    starts = [-inf, *(group[0].start_s for group in groups[1:]), inf]
    return [_passage(group, *span, segments) for group, span in zip(groups, pairwise(starts), strict=True)]


def _groups(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        if groups and sum(each.seconds for each in groups[-1]) < PASSAGE_S:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    if len(groups) > 1 and sum(each.seconds for each in groups[-1]) < JUDGED_FROM_S:
        last = groups.pop()
        groups[-1] += last
    return groups


def _passage(group: list[Stretch], from_s: float, to_s: float, segments: Sequence[Segment]) -> Passage:
    told = sum(segment.characters for segment in segments if from_s <= segment.middle_s < to_s)
    return Passage(tuple(group), told, from_s, to_s)
