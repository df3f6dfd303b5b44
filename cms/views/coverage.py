"""The coverage page: the notice's matrix as one picture."""

from typing import Any

from django.utils import timezone

from accounts.roles import Role
from cms.coverage import CellState, coverage
from cms.editions import current_edition
from cms.pictures.coverage_matrix import matrix, shares
from cms.views.base import AdminPage


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
            "state": state,
            "text": text,
        }
