"""The law board: which changed instrument makes which course due, and by when."""

from typing import Any

from django.utils import timezone

from accounts.roles import Role
from catalog.deadlines import MONTHS_AFTER_EFFECTIVE, MONTHS_AFTER_PUBLISHED
from cms.law_board import notice_rows, undated_versions
from cms.pictures.law_timeline import timeline
from cms.views.base import AdminPage


class LawBoardView(AdminPage):
    roles = (Role.ADMIN, Role.REVIEWER)
    template_name = "cms/law_board.html"
    page_title = "法规更新"
    header_icon = "date"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = notice_rows(today)
        still_open = [row for row in rows if row.state != "closed"]
        dated = [row for row in still_open if row.notice.due]
        axis = timeline([(row.notice.base_date, row.notice.due) for row in dated], today=today)
        return super().get_context_data(**kwargs) | {
            "open": still_open,
            "closed": [row for row in rows if row.state == "closed"],
            "undated": undated_versions(still_open),
            "overdue": sum(row.state == "overdue" for row in still_open),
            "axis": axis,
            "months_after_effective": MONTHS_AFTER_EFFECTIVE,
            "months_after_published": MONTHS_AFTER_PUBLISHED,
            "bars": list(zip(dated, axis.bars, strict=True)),
        }
