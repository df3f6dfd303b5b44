"""From a file on disk to facts, from facts to a report: the front door of the analysis."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from media_pipeline.checks import CHECKS, CheckResult, Verdict
from media_pipeline.facts import Facts, Probed, Sync, Unreadable
from media_pipeline.limits.thresholds import DEFAULT_PROFILE, Profile
from media_pipeline.measuring.cutting import Cutting, Piece, joined, pieces_of
from media_pipeline.measuring.measure import Measured, measure, recounted
from media_pipeline.measuring.processes import measure_pieces
from media_pipeline.opening.probe import probe
from media_pipeline.opening.sniff import sniff
from media_pipeline.sync.measuring import measure_sync
from media_pipeline.sync.places import Looked

__all__ = ["Cutting", "Report", "Unreadable", "inspect_file", "judge", "report_json", "unreadable_json"]

type OnProgress = Callable[[float, str], None]

BY_DEFAULT = Cutting()
PROBE_PART, MEASURE_PART = 0.05, 0.75  # of the whole work


@dataclass(frozen=True, slots=True)
class Report:
    verdict: Verdict  # the worst of the checks: pass, warn or fail
    checks: tuple[CheckResult, ...]
    profile: str


def inspect_file(
    path: Path, *, on_progress: OnProgress | None = None, workers: int = 1, cutting: Cutting = BY_DEFAULT
) -> Facts:
    """Measure the file once. `on_progress(0..1, stage)` comes twice a second; what it raises ends the work.

    With several `workers` a long video is cut and measured by as many processes.

    Raises `Unreadable` with one plain sentence when the file is no video that can be measured.
    """
    report = on_progress or (lambda fraction, stage: None)
    probed = probe_file(path, report)
    if pieces := cut_up(probed, cutting) if workers > 1 else ():
        told = partial(_tell, report)
        found = measure_pieces(path, probed, pieces, workers=workers, on_progress=told)
        return facts_of_pieces(path, probed, found, report)
    return inspect_probed(path, probed, report)


def probe_file(path: Path, report: OnProgress) -> Probed:
    """What can be known without decoding; raises `Unreadable`."""
    return probe(path, sniff(path), on_tick=lambda: report(0.0, "读取文件结构"))


def inspect_probed(path: Path, probed: Probed, report: OnProgress) -> Facts:
    """Measure in one piece what was probed."""
    return _facts(path, probed, measure(path, probed, on_progress=partial(_tell, report)), report)


def cut_up(probed: Probed, cutting: Cutting) -> tuple[Piece, ...]:
    """The pieces of a long video; empty when it is measured whole."""
    container = probed.container
    return pieces_of(container.demuxer, probed.video, probed.audio is not None, container.duration_s, cutting)


def facts_of_pieces(path: Path, probed: Probed, found: Sequence[Measured], report: OnProgress) -> Facts:
    """Join what the pieces measured, in their order."""
    picture = joined([each.picture for each in found if each.picture])
    if picture.decode_errors or picture.decoder_complaints:
        picture = recounted(path, probed, picture)
    sound = next((each.sound for each in found if each.sound), None)
    sightings = sum((each.looked.sightings for each in found), ())
    flashes = sum((each.looked.flashes for each in found), ())
    looked = replace(found[-1].looked, sightings=sightings, flashes=flashes)
    return _facts(path, probed, Measured(picture, sound, looked), report)


def _tell(report: OnProgress, done: float) -> None:
    report(PROBE_PART + MEASURE_PART * done, "测量画面和声音")


def _facts(path: Path, probed: Probed, found: Measured, report: OnProgress) -> Facts:
    sync = _sync(path, probed, found.looked, report)
    report(1.0, "比对口型和声音")
    return Facts(probed.container, probed.video, probed.audio, found.picture, found.sound, sync)


def _sync(path: Path, probed: Probed, looked: Looked, report: OnProgress) -> Sync | None:
    if probed.video is None or probed.audio is None:
        return None
    start = PROBE_PART + MEASURE_PART
    return measure_sync(
        path,
        probed,
        looked,
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
