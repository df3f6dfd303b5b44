"""Importing in the browser: drop a file, and it is kept and read."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.pages import AdminPage, back_with, posted_row
from accounts.roles import Role
from catalog.models import OperationItem
from question_bank.importing.sniffing import MAX_BYTES
from question_bank.intake import receiving
from question_bank.intake.turns import begin, read_batch
from question_bank.models import ImportBatch
from question_bank.views.import_batches import batch_of

PER_PAGE = 25


class ImportsPage(AdminPage):
    """GET lists the imports of the institution and takes a file; POST keeps it and begins to read."""

    roles = (Role.AUTHOR,)
    template_name = "question_bank/imports/list.html"
    page_title = "导入题库"
    header_icon = "upload"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return ((reverse("question:index"), "题库"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = ImportBatch.objects.visible_to(self.request.user).select_related("item", "created_by")
        page = Paginator(batches, PER_PAGE).get_page(self.request.GET.get("p"))
        items = OperationItem.objects.order_by("pk")
        last = batches.first()
        return super().get_context_data(**kwargs) | {
            "page": page,
            "items": items,
            "chosen": self.request.GET.get("item") or (last.item_id if last else ""),
        }


@require_POST
@transaction.non_atomic_requests
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file first, in a transaction of its own: whatever happens while it is read, it is there."""
    user, file = request.user, request.FILES.get("file")
    if not user.has_role(Role.AUTHOR) or user.institution is None:
        return back_with(request, reverse("bank:imports"), error="只有有所属机构的课程作者可以导入题库。")
    item = posted_row(OperationItem.objects.all(), request, "item") if request.POST.get("item") else None
    if item is None or file is None:
        return back_with(request, reverse("bank:imports"), error="请选择操作项目和题库文件，再点“开始导入”。")
    keys = request.FILES.get("keys")
    if max(file.size, keys.size if keys else 0) > MAX_BYTES:
        return back_with(
            request,
            reverse("bank:imports"),
            error=f"文件最大 {MAX_BYTES // 1024**2} MB；请分成几个文件导入。",
        )
    with transaction.atomic():
        batch = receiving.receive(
            item=item,
            institution=user.institution,
            name=file.name,
            data=file.read(),
            keys=(keys.name, keys.read()) if keys else None,
            by=user,
        )
    begin(batch, size=file.size, now=timezone.now())
    return redirect("bank:import", batch.pk)


@require_POST
@transaction.non_atomic_requests
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file once more, as it is."""
    batch = batch_of(request, pk)
    try:
        receiving.read_again(batch, hints=batch.hints)
    except receiving.ImportRefused as refusal:
        return back_with(request, reverse("bank:import", args=[pk]), error=str(refusal))
    read_batch(batch.pk, now=timezone.now())
    return redirect("bank:import", pk)
