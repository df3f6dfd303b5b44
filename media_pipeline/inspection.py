"""From a file on disk to facts, from facts to a report: the front door of the analysis."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from media_pipeline.checks import CHECKS, CheckResult, Verdict
from media_pipeline.facts import Facts, Sync, Unreadable
from media_pipeline.measure import measure
from media_pipeline.probe import Probed, probe
from media_pipeline.sniff import sniff
from media_pipeline.sync.looking import Lookout
from media_pipeline.sync.measuring import measure_sync
from media_pipeline.thresholds import DEFAULT_PROFILE, Profile

__all__ = ["Report", "Unreadable", "inspect_file", "judge", "report_json", "unreadable_json"]

type OnProgress = Callable[[float, str], None]

PROBE_PART, MEASURE_PART = 0.05, 0.75  # of the whole work


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
    found = measure(
        path,
        probed,
        on_progress=lambda done: report(PROBE_PART + MEASURE_PART * done, "测量画面和声音"),
    )
    sync = _sync(path, probed, found.lookout, report)
    report(1.0, "比对口型和声音")
    return Facts(probed.container, probed.video, probed.audio, found.picture, found.sound, sync)


def _sync(path: Path, probed: Probed, lookout: Lookout, report: OnProgress) -> Sync | None:
    if probed.video is None or probed.audio is None:
        return None
    start = PROBE_PART + MEASURE_PART
    return measure_sync(
        path,
        probed,
        lookout,
        on_progress=lambda done: report(start + (1 - start) * done, "比对口型和声音"),
    )


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
        "av_sync": _av_sync(facts.sync),
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
        "av_sync": _av_sync(None) | {"method": "none"},
    }


def _av_sync(sync: Sync | None) -> dict[str, Any]:
    """`offset_ms` > 0: sound late. Without a word from the content, the container alone was looked at."""
    known = sync or Sync()
    return {
        "offset_ms": known.offset_ms,
        "confidence": known.confidence,
        "method": "container" if known.method == "none" else known.method,
        "drift_ms": known.drift_ms,
        "windows": [asdict(window) for window in known.windows],
    }


def _picked(track: object | None, *names: str) -> dict[str, Any] | None:
    return None if track is None else {name: getattr(track, name) for name in names}
