"""What the timestamps of one track say, before anything is decoded."""

from array import array
from dataclasses import dataclass, field
from statistics import median

from media_pipeline.facts import Span

GAP_S = 0.2  # shorter pauses are nobody's defect
GAP_OF_MEDIAN = 3.0  # a pause is a gap when it is this many times the usual step
MOST_GAPS = 100  # a screen recording pauses thousands of times: the longest are kept
MISSES = 1.7  # times the usual step: a frame is missing between the two
OFF_BEAT = 0.2  # a step this far from the usual one is off the beat …
VARIABLE_SHARE = 0.05  # … and a track with so many of them has no constant frame rate


@dataclass(slots=True)
class Timestamps:
    """The packets of one track, in seconds from the start of the file, without those an edit list hides."""

    starts: array[float] = field(default_factory=lambda: array("d"))
    size_bytes: int = 0
    corrupt: int = 0
    hidden_s: float = 0.0
    last_duration_s: float = 0.0
    step_s: float = 0.0  # the usual time from one packet to the next, known once finished

    def add(self, start_s: float, duration_s: float, size: int) -> None:
        self.starts.append(start_s)
        self.last_duration_s = duration_s
        self.size_bytes += size

    def finish(self) -> "Timestamps":
        """Put the times in the order of presentation: packets come in the order of decoding."""
        self.starts = array("d", sorted(self.starts))
        self.step_s = median(self._steps()) if len(self.starts) > 1 else self.last_duration_s
        return self

    @property
    def start_s(self) -> float:
        return self.starts[0]

    @property
    def end_s(self) -> float:
        return self.starts[-1] + (self.last_duration_s or self.step_s)

    @property
    def rate(self) -> float:
        """Packets per second on the average; 0 for a single packet without duration."""
        length_s = self.end_s - self.start_s
        return len(self.starts) / length_s if length_s > 0 else 0.0

    @property
    def bit_rate(self) -> int:
        length_s = self.end_s - self.start_s
        return round(8 * self.size_bytes / length_s) if length_s > 0 else 0

    def is_variable(self) -> bool:
        step_s, steps = self.step_s, self._steps()
        tolerance_s = max(OFF_BEAT * step_s, 0.002)
        off_beat = sum(abs(step - step_s) > tolerance_s for step in steps)
        return len(steps) > 1 and off_beat > VARIABLE_SHARE * len(steps)

    def gaps(self) -> tuple[Span, ...]:
        """The longest pauses, in the order of time."""
        limit_s = max(GAP_S, GAP_OF_MEDIAN * self.step_s)
        pairs = zip(self.starts, self.starts[1:], strict=False)
        found = [Span(round(a, 3), round(b, 3)) for a, b in pairs if b - a > limit_s]
        longest = sorted(found, key=lambda span: -span.length_s)[:MOST_GAPS]
        return tuple(sorted(longest, key=lambda span: span.start_s))

    def missing(self) -> tuple[int, tuple[Span, ...]]:
        """How many frames a steady beat lacks, and the seconds that lack one."""
        # not the median step: of every third frame missing, half of the steps are two beats long
        beat_s = sorted(self._steps())[len(self.starts) // 4] if len(self.starts) > 1 else 0.0
        limit_s = MISSES * beat_s
        if beat_s <= 0:
            return 0, ()
        lacking = [(a, b) for a, b in zip(self.starts, self.starts[1:], strict=False) if b - a > limit_s]
        seconds = sorted({int(a) for a, _ in lacking})[:MOST_GAPS]
        count = sum(round((b - a) / beat_s) - 1 for a, b in lacking)
        return count, tuple(Span(float(second), float(second + 1)) for second in seconds)

    def _steps(self) -> list[float]:
        return [b - a for a, b in zip(self.starts, self.starts[1:], strict=False)]
