"""The shape every check shares: facts and limits in, one result with its reasons out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from media_pipeline.facts import Facts, Series, Span
from media_pipeline.limits.thresholds import Profile

CLAUSE = "附件3第8项"
MOST_EVIDENCE = 20


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 (not a password)
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where to look, in seconds from the start of the video."""

    start_s: float
    end_s: float
    note: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one check says; `value` is in the unit of the check."""

    verdict: Verdict
    message: str
    value: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    id: str
    title: str
    verdict: Verdict
    value: float | None
    unit: str
    threshold: str
    message: str
    clause: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One quality of item 8. `needs` names the track without which it does not apply."""

    id: str
    title: str
    unit: str
    threshold: Callable[[Profile], str]
    judge: Callable[[Facts, Profile], Judgement]
    needs: str | None = None

    def run(self, facts: Facts, profile: Profile) -> CheckResult:
        if self.needs and getattr(facts, self.needs) is None:
            what = "画面" if self.needs == "video" else "声音"
            found = Judgement(Verdict.NOT_APPLICABLE, f"文件里没有{what}，此项不适用。")
        else:
            found = self.judge(facts, profile)
        return CheckResult(
            id=self.id,
            title=self.title,
            verdict=found.verdict,
            value=None if found.value is None else round(found.value, 3),
            unit=self.unit,
            threshold=self.threshold(profile),
            message=f"{found.message}（{CLAUSE}）",
            clause=CLAUSE,
            evidence=found.evidence[:MOST_EVIDENCE],
        )


def clock(seconds: float) -> str:
    """`75` as `1:15`, the way players show a place."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def evidence_of(spans: Iterable[Span], note: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(round(span.start_s, 2), round(span.end_s, 2), note) for span in spans)


def stretches(flags: Iterable[bool]) -> tuple[Span, ...]:
    """The runs of true seconds."""
    spans: list[Span] = []
    for second, flag in enumerate(flags):
        if flag and spans and spans[-1].end_s == second:
            spans[-1] = Span(spans[-1].start_s, second + 1)
        elif flag:
            spans.append(Span(second, second + 1))
    return tuple(spans)


def share(flags: Iterable[bool]) -> float:
    """The true part of the seconds, 0 for none."""
    known = list(flags)
    return sum(known) / len(known) if known else 0.0


def known(series: Series) -> list[float]:
    return [value for value in series if value is not None]
