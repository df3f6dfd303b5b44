"""The register's pages: list, instrument, text, comparison, import and export."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from accounts.pages import AdminPage, back_with
from accounts.roles import Role
from catalog.models import Instrument, InstrumentVersion
from catalog.register.cells import UnreadableRegister
from catalog.register.files import Imported, export_rows, import_register
from catalog.register.law_texts import besides, keep_text
from catalog.register.writing import write_csv, write_json
from catalog.texts import MAX_BYTES, UnreadableText
from cms.footage.comparison_page import KINDS, comparison_rows
from cms.law.register import instrument_context, register_context

READERS = (Role.ADMIN, Role.REVIEWER, Role.AUTHOR)
MAX_REGISTER_BYTES = 20 * 2**20
ARTICLES = 25


class RegisterPage(AdminPage):
    roles = READERS
    template_name = "cms/register/list.html"
    page_title = "法规登记"
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context_data(**kwargs)
        may_edit = self.request.user.has_role(Role.ADMIN)
        return shared | register_context(self.request.GET, timezone.localdate()) | {"may_edit": may_edit}


class InstrumentPage(AdminPage):
    roles = READERS
    template_name = "cms/register/instrument.html"
    header_icon = "doc-full"

    def load(self, **kwargs: Any) -> None:
        self.instrument = get_object_or_404(Instrument, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return self.instrument.title

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("cms:register"), "法规登记"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared, user = super().get_context_data(**kwargs), self.request.user
        page = self.request.GET.get("p", "")
        found = instrument_context(self.instrument, user, timezone.localdate(), page)
        return shared | found | {"may_edit": user.has_role(Role.ADMIN)}


class ComparePage(AdminPage):
    """Two versions whose texts are held, article by article."""

    roles = READERS
    template_name = "cms/register/compare.html"
    header_icon = "doc-full"

    def load(self, **kwargs: Any) -> None:
        versions = InstrumentVersion.objects.select_related("instrument")
        self.old = get_object_or_404(versions, pk=kwargs["old"])
        self.new = get_object_or_404(versions, pk=kwargs["new"])

    def get_page_title(self) -> str:
        return f"新旧对照：{self.new.instrument.title}"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        url = reverse("cms:instrument", args=[self.new.instrument_id])
        return ((reverse("cms:register"), "法规登记"), (url, self.new.instrument.title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("change", "")
        rows = comparison_rows(list(besides(self.old, self.new)))
        counts = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
        shown = [row for row in rows if row.kind == wanted] if wanted in KINDS else rows
        return super().get_context_data(**kwargs) | {
            "old": self.old,
            "new": self.new,
            "wanted": wanted,
            "kinds": [(kind, label, counts[kind]) for kind, (_, label, _) in KINDS.items() if counts[kind]],
            "held": bool(rows),
            "page_obj": Paginator(shown, ARTICLES).get_page(self.request.GET.get("p")),
        }


class ImportPage(AdminPage):
    """GET explains; POST takes a file in or says everything that is wrong with it."""

    roles = (Role.ADMIN,)
    template_name = "cms/register/import.html"
    page_title = "导入法规登记表"
    header_icon = "upload"
    crumbs = ()

    def post(self, request: HttpRequest) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return self._answer(error="请先选择一个 csv 或 json 文件。")
        if file.size > MAX_REGISTER_BYTES:
            return self._answer(error=f"文件超过 {MAX_REGISTER_BYTES >> 20} MB，请分成几份导入。")
        try:
            done = import_register(file.read(), name=file.name)
        except UnreadableRegister as refusal:
            return self._answer(error=str(refusal))
        self._log(done, file.name)
        return self._answer(done=done, name=file.name)

    def _answer(self, **told: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**told))

    def _log(self, done: Imported, name: str) -> None:
        for version in [*done.created, *done.changed]:
            log(version, "cms.import_register", user=self.request.user, data={"file": name})


def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole register as a file; not secret, but for those who work with it."""
    if not request.user.has_role(*READERS):
        raise PermissionDenied("您没有查看这个页面的权限。")
    text = write_csv(export_rows()) if kind == "csv" else write_json(export_rows())
    name = f"register-{timezone.localdate().isoformat()}.{kind}"
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=types[kind], headers=disposition)


@require_POST
def upload_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the text of a version in, article by article."""
    if not request.user.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以录入法规文本。")
    version = get_object_or_404(InstrumentVersion, pk=pk)
    url, file = reverse("cms:instrument", args=[version.instrument_id]), request.FILES.get("text")
    if file is None:
        return back_with(request, url, error="请先选择法规文本（txt、md 或 docx）。")
    try:
        articles = keep_text(version, file.read(MAX_BYTES + 1), name=file.name)
    except UnreadableText as refusal:
        return back_with(request, url, error=str(refusal))
    log(version, "cms.upload_text", user=request.user, data={"file": file.name, "articles": articles})
    return back_with(request, url, done=f"已录入 {articles} 条。新旧两个文本都有了，就可以逐条对照。")


@require_POST
def add_alias(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_role(Role.ADMIN):
        raise PermissionDenied("只有平台管理员可以登记别名。")
    instrument = get_object_or_404(Instrument, pk=pk)
    name = " ".join(request.POST.get("name", "").split())[:200]
    url = reverse("cms:instrument", args=[pk])
    if "remove" in request.POST:
        instrument.aliases.filter(name=name).delete()
        return redirect(url)
    taken = Instrument.objects.filter(aliases__name=name).first()
    if not name or taken:
        told = f"「{name}」已经是《{taken}》的别名。" if taken else "请填写别名，例如简称或旧标准号。"
        return back_with(request, url, error=told)
    instrument.aliases.create(name=name)
    return back_with(request, url, done=f"已登记别名「{name}」，课程和题目会按它重新查找。")
