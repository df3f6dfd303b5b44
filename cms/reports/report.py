"""The report of an inspected video: the verdict first, findings by weight, one time axis, the file."""

from collections import Counter
from dataclasses import dataclass

from cms.reports.axis import Axis, axis_of
from cms.reports.file_facts import file_facts
from cms.reports.rows import CHIPS, Row, row_of
from cms.reports.verdict import Verdict, verdict_of
from media_pipeline.facts import ENGINE_VERSION, Facts
from media_pipeline.models import Measurement, Video


@dataclass(frozen=True, slots=True)
class Report:
    """`urgent` holds what failed, warns or is unknown, the heaviest first."""

    verdict: Verdict
    judged_by: str  # the limits, by name and version
    urgent: tuple[Row, ...]
    passed: tuple[Row, ...]
    not_applicable: tuple[Row, ...]
    axis: Axis
    file_facts: tuple[tuple[str, str], ...]


def report_of(video: Video) -> Report:
    """The report of an inspected video from `with_inspection()`; one more query, for the measured facts."""
    facts = _facts(video.measurement)
    rows = {kind: tuple(row_of(each) for each in video.findings if each.verdict == kind) for kind in CHIPS}
    urgent = rows["fail"] + rows["warn"] + rows["unknown"]
    return Report(
        verdict=verdict_of(Counter(finding.verdict for finding in video.findings)),
        judged_by=video.measurement.profile,
        urgent=urgent,
        passed=rows["pass"],
        not_applicable=rows["not_applicable"],
        axis=axis_of(video.measurement, urgent, facts),
        file_facts=file_facts(video, facts),
    )


def _facts(measurement: Measurement) -> Facts | None:
    """None where another version of the engine wrote what this one cannot read."""
    readable = measurement.facts and measurement.engine_version == ENGINE_VERSION
    return Facts.from_json(measurement.facts) if readable else None
