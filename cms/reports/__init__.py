"""What the page of one video shows: its way through upload and inspection, then the report."""

from cms.reports.courses import courses_with
from cms.reports.report import Report, report_of
from cms.reports.waiting import Waiting, waiting_of

__all__ = ["Report", "Waiting", "courses_with", "report_of", "waiting_of"]
