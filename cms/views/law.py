"""The law board, its calendar, the report for the authority, and the switch of the platform's policy."""

from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.roles import Role
from catalog.deadlines import MONTHS_AFTER_EFFECTIVE, MONTHS_AFTER_PUBLISHED, MONTHS_AFTER_RECORDED
from cms.law.board import STATES, BoardFilter, choices, counts, notice_row, undated_versions, with_texts
from cms.law.deadline_calendar import MONTHS, burn_down_of, month_sheets
from cms.law.feeds import has_feed
from cms.law.policy import current_policy, set_withholding
from cms.law.report import law_report
from cms.models import UpdateNotice
from cms.pictures.law_timeline import timeline
from cms.pictures.month_sheets import month_after
from cms.views.base import AdminPage, back_with
from cms.words import WORD

ROWS = 25


class LawPage(AdminPage):
    """What the board and the calendar share: the filters and the numbers."""

    roles = (Role.ADMIN, Role.REVIEWER)
    header_icon = "date"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.today = timezone.localdate()
        self.filter = BoardFilter.from_query(self.request.GET)
        self.notices = UpdateNotice.objects.visible_to(self.request.user)
        numbers = counts(self.notices, self.today)
        return super().get_context_data(**kwargs) | {
            "today": self.today,
            "filter": self.filter,
            "states": [(state, word, numbers[state]) for state, word in STATES.items()],
            "counts": numbers,
            "still_open": sum(numbers.values()) - numbers["closed"],
            "choices": choices(),
        }


class LawBoardView(LawPage):
    template_name = "cms/law/board.html"
    page_title = "法规更新"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context_data(**kwargs)
        found = with_texts(self.filter.apply(self.notices, self.today))
        page = Paginator(found, ROWS).get_page(self.request.GET.get("p"))
        rows = [notice_row(notice, self.today) for notice in page.object_list]
        dated = [row for row in rows if row.notice.due and row.state != "closed"]
        axis = timeline([(row.notice.base_date, row.notice.due) for row in dated], today=self.today)
        return shared | {
            "page_obj": page,
            "rows": rows,
            "undated": undated_versions(self.notices),
            "axis": axis,
            "bars": list(zip(dated, axis.bars, strict=True)),
            "policy": current_policy(),
            "may_switch": self.request.user.has_role(Role.ADMIN),
            "months_after_effective": MONTHS_AFTER_EFFECTIVE,
            "months_after_published": MONTHS_AFTER_PUBLISHED,
            "months_after_recorded": MONTHS_AFTER_RECORDED,
        }


class LawCalendarView(LawPage):
    template_name = "cms/law/calendar.html"
    page_title = "期限日历"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context_data(**kwargs)
        notices = self.filter.narrow(self.notices)
        first = self.filter.month or self.today.replace(day=1)
        return shared | {
            "sheets": month_sheets(notices, first=first, today=self.today),
            "burn_down": burn_down_of(notices, today=self.today),
            "earlier": month_after(first, -MONTHS),
            "later": month_after(first, MONTHS),
            "has_feed": has_feed(self.request.user),
        }


class LawReportView(LawPage):
    """The report for the authority as a Word file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today, buffer = timezone.localdate(), BytesIO()
        law_report(UpdateNotice.objects.visible_to(request.user), today=today).save(buffer)
        disposition = f'attachment; filename="law-report-{today.isoformat()}.docx"'
        return HttpResponse(
            buffer.getvalue(), content_type=WORD, headers={"Content-Disposition": disposition}
        )


@require_POST
def switch_policy(request: HttpRequest) -> HttpResponse:
    withhold = request.POST.get("withhold") == "on"
    set_withholding(withhold, by=request.user, today=timezone.localdate())
    done = "已开启：逾期未更新的课程暂停选用。" if withhold else "已关闭：暂停的课程都已恢复选用。"
    return back_with(request, "cms:law_board", done=done)
