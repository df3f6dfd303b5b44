"""From a file on disk to facts, from facts to a report: the front door of the analysis."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from media_pipeline.checks import CHECKS, CheckResult, Verdict
from media_pipeline.facts import Facts, Unreadable
from media_pipeline.measure import measure
from media_pipeline.probe import probe
from media_pipeline.sniff import sniff
from media_pipeline.thresholds import DEFAULT_PROFILE, Profile

__all__ = ["Report", "Unreadable", "inspect_file", "judge", "report_json", "unreadable_json"]

type OnProgress = Callable[[float, str], None]

PROBE_PART = 0.05  # of the whole work


@dataclass(frozen=True, slots=True)
class Report:
    verdict: Verdict  # the worst of the checks: pass, warn or fail
    checks: tuple[CheckResult, ...]
    profile: str


def inspect_file(path: Path, *, on_progress: OnProgress | None = None) -> Facts:
    """Measure the file once. `on_progress(0..1, stage)` comes twice a second; what it raises ends the work.

    Raises `Unreadable` with one plain sentence when the file is no video that can be measured.
    """
    report = on_progress or (lambda fraction, stage: None)
    demuxer = sniff(path)
    probed = probe(path, demuxer, on_tick=lambda: report(0.0, "读取文件结构"))
    picture, sound = measure(
        path,
        probed,
        on_progress=lambda done: report(PROBE_PART + (1 - PROBE_PART) * done, "测量画面和声音"),
    )
    return Facts(probed.container, probed.video, probed.audio, picture, sound)


def judge(facts: Facts, profile: Profile = DEFAULT_PROFILE) -> Report:
    """Hold stored or fresh facts against the limits; decodes nothing."""
    results = tuple(check.run(facts, profile) for check in CHECKS)
    found = {result.verdict for result in results}
    worst = next((verdict for verdict in (Verdict.FAIL, Verdict.WARN) if verdict in found), Verdict.PASS)
    return Report(worst, results, profile.label)


def report_json(file: str, facts: Facts, report: Report) -> dict[str, Any]:
    """What `check_video --json` promises for a file that could be read."""
    return {
        "file": file,
        "readable": True,
        "error": None,
        "duration_s": facts.duration_s,
        "video": _picked(
            facts.video, "codec", "width", "height", "fps", "variable_fps", "rotation", "bit_rate"
        ),
        "audio": _picked(facts.audio, "codec", "channels", "sample_rate", "bit_rate"),
        "verdict": report.verdict,
        "checks": [asdict(check) for check in report.checks],
        "av_sync": {"offset_ms": None, "confidence": 0.0, "method": "container"},
    }


def unreadable_json(file: str, reason: str) -> dict[str, Any]:
    """The same shape for a file that could not be read."""
    return {
        "file": file,
        "readable": False,
        "error": reason,
        "duration_s": None,
        "video": None,
        "audio": None,
        "verdict": "unreadable",
        "checks": [],
        "av_sync": {"offset_ms": None, "confidence": 0.0, "method": "none"},
    }


def _picked(track: object | None, *names: str) -> dict[str, Any] | None:
    return None if track is None else {name: getattr(track, name) for name in names}
