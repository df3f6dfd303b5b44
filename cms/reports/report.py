"""The report of an inspected video: the verdict first, findings by weight, one time axis, the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cms.footage.findings import attach_overrulings
from cms.pictures.sync_curve import SyncCurve, draw
from cms.reports.axis import Axis, axis_of
from cms.reports.file_facts import file_facts
from cms.reports.moments import Moments
from cms.reports.rows import CHIPS, Row, row_of
from cms.reports.verdict import Verdict, verdict_of
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.limits.profiles import profile_labelled
from media_pipeline.limits.thresholds import DEFAULT_PROFILE
from media_pipeline.models import Measurement, Video


@dataclass(frozen=True, slots=True)
class Report:
    """`urgent` holds what failed, warns or is unknown, the heaviest first; `settled` was overruled."""

    verdict: Verdict
    judged_by: str  # the limits, by name and version
    urgent: tuple[Row, ...]
    settled: tuple[Row, ...]
    passed: tuple[Row, ...]
    not_applicable: tuple[Row, ...]
    axis: Axis
    file_facts: tuple[tuple[str, str], ...]
    sync: SyncCurve | None  # where lips were compared with the voice

    @property
    def has_places(self) -> bool:
        return any(row.ranges for row in self.urgent)


def report_of(video: Video, moments: Iterable[Moments] = ()) -> Report:
    """The report of an inspected video from `with_inspection()`; two more queries. `moments` are what else
    the axis shows."""
    facts = _facts(video.measurement)
    attach_overrulings([video])
    rows = [row_of(each, video.overrulings.get(each.check_id)) for each in video.findings]
    open_rows = [row for row in rows if not row.is_settled]
    of = {kind: tuple(row for row in open_rows if row.verdict == kind) for kind in CHIPS}
    urgent = of["fail"] + of["warn"] + of["unknown"]
    return Report(
        verdict=verdict_of(Counter(row.verdict for row in open_rows)),
        judged_by=video.measurement.profile,
        urgent=urgent,
        settled=tuple(row for row in rows if row.is_settled),
        passed=of["pass"],
        not_applicable=of["not_applicable"],
        axis=axis_of(video.measurement, urgent, facts, moments),
        file_facts=file_facts(video, facts),
        sync=_sync(video.measurement, facts),
    )


def _sync(measurement: Measurement, facts: Facts | None) -> SyncCurve | None:
    sync = facts.sync if facts else None
    if sync is None or sync.null is None:
        return None
    profile = profile_labelled(measurement.profile) or DEFAULT_PROFILE
    return draw(sync.heights, sync.null, allowed_ms=(profile.sync_early_ms, profile.sync_late_ms))


def _facts(measurement: Measurement) -> Facts | None:
    """None where another version of the engine wrote what this one cannot read."""
    readable = measurement.facts and measurement.engine_version == ENGINE_VERSION
    return Facts.from_json(measurement.facts) if readable else None
