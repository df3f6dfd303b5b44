"""Training outlines from an Excel sheet: the template, a trial, the import."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from accounts.roles import Role
from catalog.cells import cells
from catalog.outlines.importing import OutlinesRead, import_outlines
from catalog.outlines.sheet import UnreadableSheet, template
from cms.coverage.editions import current_edition
from cms.views.base import AdminPage

MAX_BYTES = 10 * 2**20
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OutlineImportPage(AdminPage):
    """GET explains; POST tries a sheet or takes it in, and names what is wrong row by row."""

    roles = (Role.ADMIN,)
    template_name = "cms/outlines/import.html"
    page_title = "导入培训大纲"
    header_icon = "upload"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("wagtailsnippets_catalog_trainingoutline:list"), "培训大纲"),)

    def post(self, request: HttpRequest) -> HttpResponse:
        file, dry_run = request.FILES.get("file"), "try" in request.POST
        if file is None:
            return self._answer(error="请先选择一个 Excel（xlsx）文件。")
        if file.size > MAX_BYTES:
            return self._answer(error=f"文件超过 {MAX_BYTES >> 20} MB，请分成几份导入。")
        try:
            done = import_outlines(file.read(), dry_run=dry_run)
        except UnreadableSheet as refusal:
            return self._answer(error=str(refusal))
        if not dry_run and not done.problems:
            self._log(done, file.name)
        return self._answer(done=done, name=file.name, dry_run=dry_run)

    def _answer(self, **told: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**told))

    def _log(self, done: OutlinesRead, name: str) -> None:
        for outline in [*done.created, *done.changed]:
            log(outline, "cms.import_outlines", user=self.request.user, data={"file": name})


class OutlineTemplate(AdminPage):
    roles = (Role.ADMIN,)

    def get(self, request: HttpRequest) -> HttpResponse:
        edition = current_edition(timezone.localdate())
        asked = [(str(cell.row), cell.kind.label) for cell in cells(edition)] if edition else []
        headers = {"Content-Disposition": 'attachment; filename="outlines.xlsx"'}
        return HttpResponse(template(asked), content_type=EXCEL, headers=headers)
