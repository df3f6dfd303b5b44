"""What the page of one video shows: its way through upload and inspection, then the report."""

from cms.reports.courses import courses_with
from cms.reports.document import document_of
from cms.reports.moments import moments_of
from cms.reports.previous import comparison_of
from cms.reports.qualities import Qualities, qualities_of
from cms.reports.report import Report, report_of
from cms.reports.waiting import Waiting, waiting_of

__all__ = [
    "Qualities",
    "Report",
    "Waiting",
    "comparison_of",
    "courses_with",
    "document_of",
    "moments_of",
    "qualities_of",
    "report_of",
    "waiting_of",
]
