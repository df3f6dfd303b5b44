"""From a recording to text: window by window, lost text asked for again, what was made up taken out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from media_pipeline.transcripts.filters import Removed, sift
from media_pipeline.transcripts.losses import Passage, passages
from media_pipeline.transcripts.simplifying import simplify
from media_pipeline.transcripts.speech import SAMPLE_RATE, Engine, Report, Segment, Stretch
from media_pipeline.transcripts.windows import Sound, Window, windows

IN_VAIN = 2  # thin passages in a row that stayed thin: such sound costs the most and gives the least
STAGE = "识别语音"
STAGE_AGAIN = "重听可能漏字的地方"


@dataclass(slots=True)
class Heard:
    """All in order of time. `thin`: passages whose text is too short, mostly also after a second hearing."""

    settings: Mapping[str, Any]
    segments: list[Segment] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    thin: list[Passage] = field(default_factory=list)
    heard_again: int = 0
    speech_s: float = 0.0


def hear(sound: Sound, engine: Engine, *, report: Report) -> Heard:
    """The text of `sound`. `report(0..1, stage)` comes with every segment; what it raises ends the work."""
    heard, patience = Heard(engine.settings), _Patience()

    def told(second: float, stage: str) -> None:
        report(min(1.0, second / sound.duration_s), stage)

    for window in windows(sound, engine):
        ear = _Ear(window, engine, told, patience)
        ear.hear()
        heard.segments += [each.later(window.start_s) for each in ear.kept]
        heard.removed += [each.later(window.start_s) for each in ear.removed]
        heard.thin += [each.later(window.start_s) for each in ear.thin]
        heard.heard_again += ear.heard_again
        heard.speech_s += sum(each.seconds for each in window.stretches)
    return heard


class _Patience:
    """Ends after some thin passages in a row that a second hearing did not help; a good one renews it."""

    def __init__(self) -> None:
        self._in_vain = 0

    @property
    def is_left(self) -> bool:
        return self._in_vain < IN_VAIN

    def note(self, passage: Passage) -> None:
        self._in_vain = self._in_vain + 1 if passage.is_thin else 0


class _Ear:
    """Hears one window, and its thin passages once more; times count from the start of the window."""

    def __init__(self, window: Window, engine: Engine, report: Report, patience: _Patience) -> None:
        self._window, self._engine, self._report, self._patience = window, engine, report, patience
        self.kept: list[Segment] = []
        self.removed: list[Removed] = []
        self.thin: list[Passage] = []
        self.heard_again = 0

    def hear(self) -> None:
        if self._window.stretches:
            self.kept, self.removed = sift(self._told(self._engine.hear(self._window.samples), 0.0, STAGE))
        for passage in passages(self._window.stretches, self.kept):
            if passage.is_thin and self._patience.is_left:
                passage = self._hear_again(passage)
            if passage.is_thin:
                self.thin.append(passage)
            self._patience.note(passage)
        self._report(self._window.end_s, STAGE)

    def _hear_again(self, passage: Passage) -> Passage:
        """Each stretch of speech by itself; the fuller of the two texts is kept."""
        self.heard_again += 1
        passage = replace(passage, heard_again=True)
        again = [segment for each in passage.stretches for segment in self._alone(each)]
        kept, removed = sift(again)
        told = sum(segment.characters for segment in kept)
        if told > passage.characters:
            self.kept = _put(kept, in_place_of=self.kept, within=passage)
            self.removed = _put(removed, in_place_of=self.removed, within=passage)
            passage = replace(passage, characters=told)
        return passage

    def _alone(self, stretch: Stretch) -> Iterator[Segment]:
        first, last = (round(second * SAMPLE_RATE) for second in (stretch.start_s, stretch.end_s))
        heard = self._engine.hear_alone(self._window.samples[first:last])
        return self._told(heard, stretch.start_s, STAGE_AGAIN)

    def _told(self, segments: Iterable[Segment], later_s: float, stage: str) -> Iterator[Segment]:
        for segment in segments:
            moved = simplify(segment).later(later_s)
            self._report(self._window.start_s + moved.end_s, stage)
            yield moved


def _put[T: (Segment, Removed)](new: list[T], *, in_place_of: list[T], within: Passage) -> list[T]:
    others = [each for each in in_place_of if not within.holds((each.start_s + each.end_s) / 2)]
    return sorted([*others, *new], key=attrgetter("start_s"))
