"""The coverage page: the notice's matrix as one picture, and as the notice's own form in Word."""

from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts.roles import Role
from cms.coverage.cell_page import cell_panel
from cms.coverage.checklist import checklist
from cms.coverage.editions import NO_EDITION, current_edition
from cms.coverage.matrix import CellState, coverage
from cms.pictures.coverage_matrix import matrix, shares
from cms.views.base import AdminPage
from cms.words import WORD


class CoverageView(AdminPage):
    roles = (Role.ADMIN, Role.REVIEWER)
    template_name = "cms/coverage.html"
    page_title = "覆盖情况"
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        edition = current_edition(today)
        cells = coverage(edition, today=today) if edition else []
        state, text = self.request.GET.get("state", ""), self.request.GET.get("q", "").strip()
        state = state if state in CellState else ""
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "today": today,
            "cells": len(cells),
            "covered": sum(covered.is_covered for covered in cells),
            "shares": shares(cells),
            "matrix": matrix(cells, state=state, text=text),
            "panel": cell_panel(cells, self.request.GET.get("cell", ""), today),
            "state": state,
            "text": text,
            "may_import": self.request.user.has_role(Role.ADMIN),
        }


class ChecklistExport(AdminPage):
    """The notice's content checklist, filled in, with the list of gaps."""

    roles = (Role.ADMIN, Role.REVIEWER)

    def get(self, request: HttpRequest) -> HttpResponse:
        today, buffer = timezone.localdate(), BytesIO()
        edition = current_edition(today)
        if edition is None:
            raise Http404(NO_EDITION)
        checklist(edition, coverage(edition, today=today), today=today).save(buffer)
        headers = {"Content-Disposition": f'attachment; filename="checklist-{today.isoformat()}.docx"'}
        return HttpResponse(buffer.getvalue(), content_type=WORD, headers=headers)
